/** Both outcomes in every part and fold: the least from which anything can be learned or judged. */
import { DataError } from '../../base/errors.ts';

/** Throws `data.too-few` where fewer than `least` of the rows churned, or stayed. O(rows). */
export function checkOutcomes(
  what: string,
  labels: Uint8Array,
  rows: Int32Array,
  least: number,
  advice: string,
): void {
  const churned = rows.reduce((count, row) => count + labels[row]!, 0);
  const stayed = rows.length - churned;
  if (Math.min(churned, stayed) >= least) return;
  throw new DataError(
    'data.too-few',
    `split: ${what} would get ${churned} churned and ${stayed} stayed rows, at least ${least} of each outcome required; ${advice}`,
    { part: what, partChurned: churned, partStayed: stayed },
  );
}
