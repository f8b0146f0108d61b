// What came through the tap, as a test for the mapping that read it.
import type {TapRow} from './change_types';

function object_in(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const same_record = (a: TapRow, b: TapRow) => a.connection === b.connection && a.stream === b.stream && a.external_id === b.external_id;

/** In YAML, to stand under `tests:`; empty when the row is no record, or was cut off. Expected are the kinds that came of it. */
export function test_of(row: TapRow, rows: readonly TapRow[]): string {
  if (row.stage !== 'raw' || !object_in(row.text)) return '';
  const kinds = rows.filter(each => each.stage === 'mapped' && same_record(each, row)).map(({text}) => object_in(text)?.kind).filter(kind => typeof kind === 'string');
  return `  - name: ${JSON.stringify(`${row.stream} ${row.external_id}`)}\n    in: ${row.text}\n    out: [${kinds.map(kind => `{kind: ${JSON.stringify(kind)}}`).join(', ')}]\n`;
}
