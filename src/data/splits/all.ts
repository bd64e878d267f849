/** Every way to part customers. A new one is a file beside this and an entry here. */
import type { Random } from '../../base/random.ts';
import { type SplitParts, type SplitShares, stratifiedSplit } from './stratified.ts';
import { type Fold, foldRows, stratifiedFolds } from './stratified-folds.ts';

/** What a splitter may look at, one entry a row. A splitter takes what it needs. */
export interface SplitRows {
  /** 1 = churned, 0 = stayed. */
  readonly labels: Uint8Array;
}

/** One value of `split.by`: it decides the hold-out and the folds alike, so neither leaks what the other keeps apart. */
export interface SplitDefinition {
  readonly id: string;
  /** What it does, for help texts. */
  readonly title: string;
  split(rows: SplitRows, shares: SplitShares, random: Random): SplitParts;
  /** k rounds of cross-validation over the rows. */
  folds(rows: SplitRows, k: number, random: Random): readonly Fold[];
}

const definitions = [
  {
    id: 'stratified',
    title: 'The same share of leavers in each part, rows drawn at random.',
    split: ({ labels }, shares, random) => stratifiedSplit(labels, shares, random),
    folds: ({ labels }, k, random) => foldRows(stratifiedFolds(labels, k, random), k),
  },
] as const satisfies readonly SplitDefinition[];

export type SplitId = (typeof definitions)[number]['id'];

export const allSplits: readonly SplitDefinition[] = definitions;

export const splitIds = definitions.map(({ id }) => id) as [SplitId, ...SplitId[]];

/** The splitter of an id; the section's schema lets only known ids through. */
export const splitterOf = (id: SplitId): SplitDefinition => definitions.find((one) => one.id === id)!;
