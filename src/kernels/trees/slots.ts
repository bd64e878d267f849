/**
 * The columns that trees ask, as numbers or as categories, and between which thresholds: what a question compares is a place.
 *
 * The place of a number is how many thresholds of its slot are below it, of a category its level. Missing values stand
 * behind all numbers, before them in a slot `missing-first`, and behind all levels.
 */
import type { AskedTrees } from './asked-trees.ts';
import type { ImageBytes } from './image-bytes.ts';

export type SlotKind = 'missing-last' | 'levels' | 'missing-first';

/** As the kernel knows them. */
const kindWords: Readonly<Record<SlotKind, number>> = { 'missing-last': 0, levels: 1, 'missing-first': 2 };

export interface Slot {
  readonly column: number;
  readonly kind: SlotKind;
  /** Ascending and different; none for levels. */
  readonly thresholds: Float64Array;
}

/** Levels that a set has bits for; the place behind them is that of missing values. */
export const levelPlaces = 256;

export const asksLevels = ({ levelSetAt }: AskedTrees, node: number): boolean =>
  (levelSetAt?.[node] ?? -1) >= 0;

/** A threshold that is no number is below everything: every value goes right there. */
export const thresholdOf = ({ threshold }: AskedTrees, node: number): number =>
  Number.isNaN(threshold[node]!) ? Number.NEGATIVE_INFINITY : threshold[node]!;

/** The bits of 32 levels, from level 32 `word` on. */
export const levelWord = ({ levelSets, levelSetAt }: AskedTrees, node: number, word: number): number =>
  levelSets![levelSetAt![node]! + word]!;

export const goesLeftAt = (trees: AskedTrees, node: number, level: number): boolean =>
  ((levelWord(trees, node, level >> 5) >>> (level & 31)) & 1) === 1;

export interface Slots {
  readonly all: readonly Slot[];
  /** The place in `all` of what a node asks. */
  of(node: number): number;
  /** A matrix has at least so many columns. */
  readonly columns: number;
}

/** `kindOf`: how a node wants its column. Of the nodes from `first` to before `end`, by default all. */
export function slotsOf(
  trees: AskedTrees,
  kindOf: (node: number) => SlotKind,
  first = 0,
  end = trees.feature.length,
): Slots {
  const found = new Map<number, { column: number; kind: SlotKind; place: number; thresholds: Set<number> }>();
  const places = new Int32Array(end - first);
  let columns = 0;
  for (let node = first; node < end; node++) {
    const column = trees.feature[node]!;
    if (column < 0) continue;
    columns = Math.max(columns, column + 1);
    const kind = kindOf(node);
    const key = 3 * column + kindWords[kind];
    const slot = found.get(key) ?? { column, kind, place: found.size, thresholds: new Set() };
    found.set(key, slot);
    places[node - first] = slot.place;
    if (kind !== 'levels') slot.thresholds.add(thresholdOf(trees, node));
  }
  const all = [...found.values()].map(({ column, kind, thresholds }) => ({
    column,
    kind,
    thresholds: Float64Array.from(thresholds).sort(),
  }));
  return { all, of: (node) => places[node - first]!, columns };
}

const slotWords = 4;

/** Writes the slots: column in bytes, kind, offset and number of the thresholds; their offset. */
export function addSlots(bytes: ImageBytes, slots: readonly Slot[]): number {
  const from = bytes.reserve(slotWords * slots.length);
  slots.forEach(({ column, kind, thresholds }, s) => {
    // At least one, for the search looks at one.
    const at = bytes.add(thresholds.length > 0 ? thresholds : Float64Array.of(0));
    bytes.setWords(from + 4 * slotWords * s, [8 * column, kindWords[kind], at, thresholds.length]);
  });
  return from;
}
