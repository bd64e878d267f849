/** Every way to part customers. A new one is a file beside this and an entry here. */
import type { Random } from '../../base/random.ts';
import { groupedSplit } from './grouped.ts';
import { groupedFolds } from './grouped-folds.ts';
import { type SplitParts, stratifiedSplit } from './stratified.ts';
import { type Fold, foldRows, stratifiedFolds } from './stratified-folds.ts';
import { gapMsOf, type TimeRules, timeSplit } from './time.ts';
import { timeFolds } from './time-folds.ts';

/** What a splitter may look at, one entry a row. A splitter takes what it needs. */
export interface SplitRows {
  /** 1 = churned, 0 = stayed. */
  readonly labels: Uint8Array;
  /** Codes from 0: rows of one group belong together. Null without a group column. */
  readonly groups: Int32Array | null;
  /** Epoch milliseconds, none missing. Null without a time column. */
  readonly times: Float64Array | null;
}

/** One value of `split.by`: it decides the hold-out and the folds alike, so neither leaks what the other keeps apart. */
export interface SplitDefinition {
  readonly id: string;
  /** What it does, for help texts. */
  readonly title: string;
  /** In words, after "rows were parted". */
  readonly words: string;
  split(rows: SplitRows, rules: TimeRules, random: Random): SplitParts;
  /** k rounds of cross-validation over the rows. */
  folds(rows: SplitRows, k: number, random: Random, rules: TimeRules): readonly Fold[];
}

const byGroup = ({ labels, groups }: SplitRows, k: number, random: Random): readonly Fold[] =>
  foldRows(groupedFolds(labels, needed(groups), k, random), k);

const definitions = [
  {
    id: 'stratified',
    title: 'The same share of leavers in each part, rows drawn at random.',
    words: 'at random, with the same share of leavers in each part',
    split: ({ labels }, shares, random) => stratifiedSplit(labels, shares, random),
    folds: ({ labels }, k, random) => foldRows(stratifiedFolds(labels, k, random), k),
  },
  {
    id: 'grouped',
    title:
      'No group of split.group in two parts or folds, the share of leavers as equal as whole groups allow.',
    words: 'by whole groups drawn at random, none in two parts',
    split: ({ labels, groups }, shares, random) => groupedSplit(labels, needed(groups), shares, random),
    folds: byGroup,
  },
  {
    id: 'time',
    title:
      'The newest rows are the hold-out, those before them validate, training is the past; folds go forward in time, or keep groups apart where split.group is given.',
    words: 'by time: training is the past, the hold-out the newest',
    split: ({ labels, times }, rules) => timeSplit(labels, needed(times), rules),
    folds: (rows, k, random, rules) =>
      rows.groups ? byGroup(rows, k, random) : timeFolds(rows.labels, needed(rows.times), k, gapMsOf(rules)),
  },
] as const satisfies readonly SplitDefinition[];

/** The section's schema asks for the column; that it was read is our affair. */
function needed<Values>(values: Values | null): Values {
  if (values === null) throw new TypeError('split: the column that rows are parted by was not read');
  return values;
}

export type SplitId = (typeof definitions)[number]['id'];

export const allSplits: readonly SplitDefinition[] = definitions;

export const splitIds = definitions.map(({ id }) => id) as [SplitId, ...SplitId[]];

/** The splitter of an id; the section's schema lets only known ids through. */
export const splitterOf = (id: SplitId): SplitDefinition => definitions.find((one) => one.id === id)!;
