// The requests of the pages that change something.
import {get, post} from '../api/client';
import type {Dropping, LetterCause, MappedStream, MappingText, Plan, Replay, Run, Sample, Saved, Selection, SentRequest, TapRow, Trial, Volume} from './change_types';

const query = (wishes: object) => new URLSearchParams(Object.entries(wishes).filter(([, value]) => value).map(([name, value]) => [name, String(value)]));
const stream_path = (connection: string, stream: string) => `/connections/${encodeURIComponent(connection)}/streams/${encodeURIComponent(stream)}`;
const shown = (all: boolean) => (all ? '?masked=0' : '');

export const mapping_path = (connection: string, stream: string) => `/mappings/${encodeURIComponent(connection)}/${encodeURIComponent(stream)}`;
export const streams = (stop?: AbortSignal) => get<{streams: MappedStream[]}>('/streams', stop);
export const mapping = (connection: string, stream: string, stop?: AbortSignal) => get<MappingText>(`${stream_path(connection, stream)}/mapping`, stop);
export const samples = (connection: string, stream: string, all: boolean, stop?: AbortSignal) =>
  get<{samples: Sample[]; masked: boolean}>(`${stream_path(connection, stream)}/samples${shown(all)}`, stop);
export const trial = (connection: string, stream: string, text: string, ids: string[], all: boolean, stop?: AbortSignal) =>
  post<Trial>(`${stream_path(connection, stream)}/trial${shown(all)}`, {text, samples: ids}, stop);
export const save = (connection: string, stream: string, text: string, etag: string, dry_run: boolean) =>
  post<Saved>(`${stream_path(connection, stream)}/mapping?dry_run=${dry_run}`, {text, etag});

export const volume = (selection: Selection, stop?: AbortSignal) => get<Volume>(`/raw-volume?${query({connection: selection.connection, stream: selection.stream})}`, stop);
export const replays = (stop?: AbortSignal) => get<{replays: Replay[]}>('/replays', stop);
export const start_replay = (selection: Selection, author: string) => post<Replay>('/replays', {...selection, author});
export const cancel_replay = (id: number) => post<Replay>(`/replays/${id}/cancel`, {});

export const plans = (stop?: AbortSignal) => get<{plans: Plan[]}>('/plans', stop);
export const plan = (id: string, stop?: AbortSignal) => get<Plan>(`/plans/${encodeURIComponent(id)}`, stop);
export const start_plan = (selection: Selection) => post<{id: string}>('/plans', selection);
export const cancel_plan = (id: string) => post<object>(`/plans/${encodeURIComponent(id)}/cancel`, {});
export const apply = (id: string, even_if_records_came: boolean, author: string) =>
  post<Replay>(`/plans/${encodeURIComponent(id)}/apply`, {even_if_records_came, author});

export const runs = (connection: string, stop?: AbortSignal) => get<{runs: Run[]}>(`/connections/${encodeURIComponent(connection)}/runs`, stop);
export const causes = (connection: string, stop?: AbortSignal) => get<{causes: LetterCause[]; total: number}>(`/dead-letters/causes?${query({connection})}`, stop);
export const drop = (ids: number[]) => post<{dropped: number}>('/dead-letters/drop', {ids, count: ids.length});
export const droppings = (stop?: AbortSignal) => get<{droppings: Dropping[]}>('/dead-letters/dropped', stop);
export const restore = (dropping: number) => post<{restored: number}>(`/dead-letters/dropped/${dropping}/restore`, {});
export const requests = (connection: string, all: boolean, stop?: AbortSignal) =>
  get<{requests: SentRequest[]; masked: boolean}>(`/connections/${encodeURIComponent(connection)}/requests${shown(all)}`, stop);
export const tap = (after: number, all: boolean, stop?: AbortSignal) => get<{rows: TapRow[]}>(`/tap?limit=500&after=${after}${all ? '&masked=0' : ''}`, stop);
