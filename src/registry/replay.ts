/** Was a logged score really this version's? The same rows through the same model file give the same bits. */
import type { Catalogue } from '../learn/catalogue.ts';
import { score } from '../learn/fit.ts';
import type { Table } from '../table/table.ts';
import type { LoadedModel } from '../tasks/ports.ts';

export interface Replay {
  readonly rows: number;
  /** How many scores are equal to the last bit. */
  readonly equal: number;
  /** The first row, from 0, whose score differs; null when none does. */
  readonly firstDifferent: number | null;
}

/**
 * Scores rows again and compares with what was recorded for them, bit by bit. `rows` are read from the stored raw
 * values as they were when they were scored; load the model by `openVersion`, which checks its file.
 */
export function replayScores(
  model: Pick<LoadedModel, 'fitted'>,
  rows: Table,
  recorded: Float64Array,
  catalogue: Catalogue,
): Replay {
  if (recorded.length !== rows.rowCount)
    throw new TypeError(`replay: ${recorded.length} scores for ${rows.rowCount} rows`);
  const again = score(model.fitted, rows, catalogue);
  let equal = 0;
  let firstDifferent: number | null = null;
  for (let row = 0; row < again.length; row++) {
    if (Object.is(again[row], recorded[row])) equal++;
    else firstDifferent ??= row;
  }
  return { rows: rows.rowCount, equal, firstDifferent };
}
