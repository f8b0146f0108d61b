// What the runs of a connection tell: what changed before it broke?
import {full_time} from '../lib/format';
import {t} from '../lib/words';
import type {Run} from './change_types';

/** What a run was made with that the one before it was not: "connector: acme@1.0 → acme@1.1". */
export function changes_of(run: Run, before: Run | undefined): string[] {
  if (!run.setup || !before?.setup) return [];
  const names = new Set([...Object.keys(before.setup), ...Object.keys(run.setup)]);
  return [...names].filter(name => run.setup![name] !== before.setup![name])
    .map(name => `${name}: ${before.setup![name] ?? t('none')} → ${run.setup![name] ?? t('none')}`);
}

/** Newest first in. The sentence that matters when the newest run failed. */
export function story_of(list: readonly Run[]): string {
  if (list[0]?.outcome !== 'failed') return '';
  const good = list.findIndex(({outcome}) => outcome === 'ok');
  if (good < 0) return t('None of these runs has succeeded.');
  const changed = list.slice(0, good).flatMap((run, at) => changes_of(run, list[at + 1]));
  const since = t('The last good run was at {time}.', {time: full_time(Date.parse(list[good]!.started_at))});
  return changed.length ? `${since} ${t('After it changed {what}.', {what: changed.join(t('; '))})}` : `${since} ${t('Nothing of its configuration, mappings or connector changed after it: look at the source.')}`;
}
