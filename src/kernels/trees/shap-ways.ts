/** The ways from the roots of trees to their leaves: of each column that is asked, what a row must be to go along. */
import type { AskedTrees } from './asked-trees.ts';
import { asksLevels, levelPlaces, levelWord, type Slot, type Slots, thresholdOf } from './slots.ts';
import type { ExplainedTrees } from './tree-shap.ts';

/** What the questions about one column have left of its places: an interval, or levels, each with or without missing values. */
export interface Allowed {
  readonly slot: number;
  /** First and last place of a number; none when the last is before the first. */
  readonly from: number;
  readonly to: number;
  /** A bit a level; undefined for numbers. */
  readonly levels: Uint32Array | undefined;
  readonly isMissing: boolean;
  /** Product of the cover shares of the column's questions. */
  readonly share: number;
}

export interface Way {
  /** Of the leaf. */
  readonly value: number;
  /** Of the training rows. */
  readonly share: number;
  /** One for each column that is asked, in the order of the first question. */
  readonly columns: readonly Allowed[];
}

/** The ways to the leaves of the trees from `first` to before `end`, from left to right. O(leaves x depth). */
export function waysOf(trees: AskedTrees & ExplainedTrees, slots: Slots, first: number, end: number): Way[] {
  const ranks = slots.all.map(
    ({ thresholds }) => new Map(Array.from(thresholds, (value, rank) => [value, rank])),
  );
  const ways: Way[] = [];
  const descend = (node: number, share: number, columns: readonly Allowed[]): void => {
    if (trees.feature[node]! < 0) {
      ways.push({ value: trees.value[node]!, share, columns });
      return;
    }
    const slot = slots.of(node);
    const rank = ranks[slot]!.get(thresholdOf(trees, node)) ?? -1;
    let known = columns.findIndex((allowed) => allowed.slot === slot);
    if (known < 0) known = columns.length;
    const before = columns[known] ?? anything(slot, slots.all[slot]!);
    for (const isLeft of [true, false]) {
      const child = isLeft ? trees.left[node]! : trees.right[node]!;
      const part = trees.cover[child]! / trees.cover[node]!;
      const below = columns.slice();
      below[known] = narrowed(trees, before, node, rank, isLeft, part);
      descend(child, share * part, below);
    }
  };
  for (let t = first; t < end; t++) descend(trees.roots[t]!, 1, []);
  return ways;
}

function narrowed(
  trees: AskedTrees,
  { slot, from, to, levels, isMissing, share }: Allowed,
  node: number,
  rank: number,
  isLeft: boolean,
  part: number,
): Allowed {
  const isNumber = !asksLevels(trees, node);
  return {
    slot,
    from: isNumber && !isLeft ? Math.max(from, rank + 1) : from,
    to: isNumber && isLeft ? Math.min(to, rank) : to,
    levels: levels?.map((was, w) => {
      const left = levelWord(trees, node, w);
      return was & (isLeft ? left : ~left);
    }),
    isMissing: isMissing && (trees.missingLeft?.[node] === 1) === isLeft,
    share: share * part,
  };
}

/** The last place that a number can have. Beyond a threshold at infinity there is none. */
export const lastPlace = ({ thresholds }: Slot): number =>
  thresholds.at(-1) === Number.POSITIVE_INFINITY ? thresholds.length - 1 : thresholds.length;

const anything = (slot: number, own: Slot): Allowed => ({
  slot,
  from: 0,
  to: lastPlace(own),
  levels: own.kind === 'levels' ? new Uint32Array(levelPlaces / 32).fill(0xffff_ffff) : undefined,
  isMissing: true,
  share: 1,
});
