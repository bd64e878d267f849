/**
 * Sets customers aside for judging, so that each part holds the same share of leavers as the whole table.
 *
 * Sizes: test = ceil(test x n), validation = ceil(validation x n), training = the rest. The test part is drawn
 * from all rows, the validation part from what is left. Of each outcome the kept rows get
 * `count / n x rows kept`, rounded down, and the one row that may be left over goes to the outcome with the
 * larger remainder. When both remainders are 1/2, scikit-learn draws that outcome by chance; here it is always
 * those who stayed, so class counts don't depend on the seed.
 *
 * Takes one label a row (1 = churned, 0 = stayed), gives row numbers in ascending order. The test part is
 * decided by the seed, the labels and its own share alone: another validation share leaves it as it is.
 * O(rows). Class counts equal `sklearn.model_selection.train_test_split(stratify=y)` called twice with whole
 * sizes: https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html
 *
 * @example
 * stratifiedSplit(labels, { test: 0.15, validation: 0.15 }, createRandom(42)).test // Int32Array of rows
 */
import { DataError, ParamError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { churnedCount } from '../../table/dataset.ts';

/** Shares of the whole table; 0 leaves a part out. */
export interface SplitShares {
  readonly test: number;
  readonly validation: number;
}

/** Row numbers of each part, ascending. */
export interface SplitParts {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** How many rows of each outcome: [stayed, churned]. */
type ClassCounts = readonly [stayed: number, churned: number];

export function stratifiedSplit(labels: Uint8Array, shares: SplitShares, random: Random): SplitParts {
  checkShare('test', shares.test);
  checkShare('validation', shares.validation);
  const rowCount = labels.length;
  const all = classCounts(labels);
  const withoutTest = keptCounts(all, Math.ceil(shares.test * rowCount));
  const train = keptCounts(withoutTest, Math.ceil(shares.validation * rowCount));
  checkParts(all, {
    train,
    validation: difference(withoutTest, train),
    test: difference(all, withoutTest),
  });
  const everyRow = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) everyRow[row] = row;
  const outer = draw(labels, everyRow, difference(all, withoutTest), random.fork('test'));
  const inner = draw(labels, outer.rest, difference(withoutTest, train), random.fork('validation'));
  return { train: inner.rest, validation: inner.drawn, test: outer.drawn };
}

function checkShare(name: string, share: number): void {
  if (share >= 0 && share < 1) return;
  throw new ParamError('param.value', `split: ${name} must be at least 0 and below 1, got ${share}`, {
    who: 'split',
    param: name,
  });
}

function classCounts(labels: Uint8Array): ClassCounts {
  const churned = churnedCount(labels);
  return [labels.length - churned, churned];
}

const difference = (whole: ClassCounts, part: ClassCounts): ClassCounts => [
  whole[0] - part[0],
  whole[1] - part[1],
];

/** Of each outcome, the rows that are kept when `setAside` rows leave. The order of operations is scikit-learn's. */
function keptCounts(counts: ClassCounts, setAside: number): ClassCounts {
  const total = counts[0] + counts[1];
  const kept = Math.max(0, total - setAside);
  if (setAside === 0 || total === 0) return counts;
  const stayedExact = (counts[0] / total) * kept;
  const churnedExact = (counts[1] / total) * kept;
  const stayed = Math.floor(stayedExact);
  const churned = Math.floor(churnedExact);
  const left = kept - stayed - churned;
  return stayedExact - stayed >= churnedExact - churned ? [stayed + left, churned] : [stayed, churned + left];
}

/** Two rows of an outcome are the least from which anything can be learned or judged. */
function checkParts(all: ClassCounts, parts: Readonly<Record<keyof SplitParts, ClassCounts>>): void {
  for (const part of ['test', 'validation', 'train'] as const) {
    const [stayed, churned] = parts[part];
    if (part !== 'train' && stayed + churned === 0) continue;
    if (stayed >= 2 && churned >= 2) continue;
    const advice = part === 'train' ? 'lower split.test and split.validation' : `raise split.${part}`;
    throw new DataError(
      'data.too-few',
      `split: of ${all[1]} churned and ${all[0]} stayed rows the ${part} part would get ${churned} and ${stayed}, ` +
        `at least 2 of each outcome required; add rows of the rarer outcome, or ${advice}`,
      { part, churned: all[1], stayed: all[0], partChurned: churned, partStayed: stayed },
    );
  }
}

/** Draws the wanted number of rows of each outcome; `rest` is what stays behind. Both ascending, as `rows` is. */
function draw(
  labels: Uint8Array,
  rows: Int32Array,
  wanted: ClassCounts,
  random: Random,
): { drawn: Int32Array; rest: Int32Array } {
  const isDrawn = new Uint8Array(labels.length);
  for (const outcome of [0, 1] as const) {
    const shuffled = random.shuffle(rowsWith(rows, labels, outcome));
    for (let i = 0; i < wanted[outcome]; i++) isDrawn[shuffled[i]!] = 1;
  }
  return { drawn: rowsWith(rows, isDrawn, 1), rest: rowsWith(rows, isDrawn, 0) };
}

/** The rows that have this mark, in their order. A loop: `filter` takes ten times as long, and each fit of a search comes here. */
function rowsWith(rows: Int32Array, marks: Uint8Array, mark: number): Int32Array {
  const chosen = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    chosen[count] = row;
    if (marks[row] === mark) count++;
  }
  return chosen.slice(0, count);
}
