// What arrived when, as bars.
import type {Volume} from './change_types';

const k_bars = 60;

/** Hours as at most sixty bars of equal length, so that a bar stands for the same time everywhere. */
export function bars_of(hours: Volume['hours']): {from: number; to: number; records: number}[] {
  if (!hours.length) return [];
  const first = Date.parse(hours[0]!.from);
  const last = Date.parse(hours.at(-1)!.from) + 3_600_000;
  const step = Math.ceil((last - first) / 3_600_000 / k_bars) * 3_600_000;
  const bars = Array.from({length: Math.ceil((last - first) / step)}, (_, at) => ({from: first + at * step, to: first + (at + 1) * step, records: 0}));
  for (const {from, records} of hours) bars[Math.floor((Date.parse(from) - first) / step)]!.records += records;
  return bars;
}
