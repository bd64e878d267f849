/**
 * Trees made ready for `assembly/tree-shap.ts`: for each leaf, which places of each column on its way a row must be in, and
 * which share of the training rows goes along with that column's questions.
 *
 * Image: head { slots, their offset, leaves, their offset, offset of the rules }; a leaf { columns on its way, offset of its
 * conditions, value }; a condition { slot, kind and number of tables in a word, first place and how many more or the offset
 * of the tables, share }; a table { 16 bytes that are 255 where a place is met, its first place 16 times }; a rule { offset
 * of its pairs, their number }; a pair of points of the integral { the points, 1 less each, their weights }.
 */
import { gaussLegendre } from '../../math/gauss-legendre.ts';
import type { AskedTrees } from './asked-trees.ts';
import { type ImageBytes, imageBytes } from './image-bytes.ts';
import { mostImageBytes } from './scoring-memory.ts';
import { type Allowed, lastPlace, type Way, waysOf } from './shap-ways.ts';
import { addSlots, asksLevels, levelPlaces, type Slots, slotsOf, thresholdOf } from './slots.ts';
import type { ExplainedTrees } from './tree-shap.ts';

export interface ShapImage {
  readonly image: Uint8Array;
  /** The column of each slot. */
  readonly asked: Int32Array;
  /** Sum over the trees of their mean value, weighted by cover. */
  readonly base: number;
}

/** Different columns on one way: as many bits as two bytes have. */
const mostAsked = 16;
/** The place of missing values, behind all others. */
const missing = 255;
const leafWords = 4;
const conditionWords = 4;
const tableBytes = 32;
const kinds = { interval: 0, orMissing: 1, inTables: 2 } as const;

/**
 * An image of each run of trees whose columns have places for a byte. Undefined where bytes or bits do not do: a tree with
 * more than 254 thresholds of a column or that asks one both as a number and as a category, or a way that asks more
 * than 16 columns; or trees so many that they would fill half of the memory.
 */
export function shapImages(trees: AskedTrees & ExplainedTrees): ShapImage[] | undefined {
  const images: ShapImage[] = [];
  let bytes = 0;
  for (const [first, end] of runsOf(trees)) {
    const made = shapImage(trees, first, end);
    bytes += made?.image.length ?? 0;
    if (!made || bytes > mostImageBytes / 2) return undefined;
    images.push(made);
  }
  return images;
}

/** First tree and the one behind the last of each run: as many trees as have at most 254 different thresholds a column. */
function runsOf(trees: AskedTrees): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  let known = new Map<number, Set<number>>();
  for (let t = 0; t + 1 < trees.roots.length; t++) {
    const own = thresholdsOf(trees, t);
    const isRoom = [...own].every(([column, thresholds]) => {
      const before = known.get(column);
      return !before || before.size + thresholds.filter((one) => !before.has(one)).length < missing;
    });
    if (isRoom && runs.length > 0) runs.at(-1)![1] = t + 1;
    else {
      runs.push([t, t + 1]);
      known = new Map();
    }
    for (const [column, thresholds] of own) {
      const all = known.get(column) ?? new Set();
      known.set(column, all);
      for (const one of thresholds) all.add(one);
    }
  }
  return runs;
}

/** Those of the columns that a tree asks as numbers, each once. */
function thresholdsOf(trees: AskedTrees, t: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let node = trees.roots[t]!; node < trees.roots[t + 1]!; node++) {
    const column = trees.feature[node]!;
    if (column < 0 || asksLevels(trees, node)) continue;
    const known = found.get(column) ?? [];
    found.set(column, known);
    if (!known.includes(thresholdOf(trees, node))) known.push(thresholdOf(trees, node));
  }
  return found;
}

function shapImage(trees: AskedTrees & ExplainedTrees, first: number, end: number): ShapImage | undefined {
  const slots = slotsOf(
    trees,
    (node) => (asksLevels(trees, node) ? 'levels' : 'missing-last'),
    trees.roots[first]!,
    trees.roots[end]!,
  );
  if (new Set(slots.all.map(({ column }) => column)).size < slots.all.length) return undefined;
  if (slots.all.some((slot) => lastPlace(slot) >= missing)) return undefined;
  const ways = waysOf(trees, slots, first, end);
  if (ways.some(({ columns }) => columns.length > mostAsked)) return undefined;
  const bytes = imageBytes();
  const head = bytes.reserve(5);
  const slotsAt = addSlots(bytes, slots.all);
  const rulesAt = addRules(bytes);
  const asking = ways.filter(({ columns }) => columns.length > 0);
  const leavesAt = addLeaves(bytes, asking, slots);
  bytes.setWords(head, [slots.all.length, slotsAt, asking.length, leavesAt, rulesAt]);
  return {
    image: bytes.done(),
    asked: Int32Array.from(slots.all, ({ column }) => column),
    base: ways.reduce((sum, { value, share }) => sum + value * share, 0),
  };
}

function addLeaves(bytes: ImageBytes, ways: readonly Way[], slots: Slots): number {
  const count = ways.reduce((sum, { columns }) => sum + columns.length, 0);
  const conditions = new Uint32Array(conditionWords * count);
  const shares = new Float64Array(conditions.buffer);
  const leaves = new Uint32Array(leafWords * ways.length);
  const values = new Float64Array(leaves.buffer);
  let at = 0;
  ways.forEach(({ value, columns }, leaf) => {
    leaves.set([columns.length, 4 * at], leafWords * leaf);
    values[(leafWords / 2) * leaf + 1] = value;
    for (const allowed of columns) {
      const { kind, tables, places } = allowed.levels
        ? tablesOf(bytes, allowed.levels, allowed.isMissing)
        : intervalOf(bytes, allowed, lastPlace(slots.all[allowed.slot]!));
      conditions[at] = allowed.slot | (kind << 16) | (tables << 24);
      conditions[at + 1] = places;
      shares[at / 2 + 1] = allowed.share;
      at += conditionWords;
    }
  });
  const conditionsAt = bytes.add(conditions);
  for (let leaf = 0; leaf < ways.length; leaf++) leaves[leafWords * leaf + 1]! += conditionsAt;
  return bytes.add(leaves);
}

interface Condition {
  readonly kind: number;
  readonly tables: number;
  /** Offset of the tables, or first place and how many more, a byte each. */
  readonly places: number;
}

const interval = (from: number, span: number, kind: number = kinds.interval): Condition => ({
  kind,
  tables: 0,
  places: from | (span << 8),
});

/** Counted around: places between the last number and the missing values do not exist, so an interval may go on there. */
function intervalOf(bytes: ImageBytes, { from, to, isMissing }: Allowed, last: number): Condition {
  if (from > to)
    return isMissing ? interval(missing, 0) : tablesOf(bytes, new Uint32Array(levelPlaces / 32), false);
  if (!isMissing) return interval(from, to - from);
  if (to === last) return interval(from, missing - from);
  if (from === 0) return interval(missing, to + 1);
  return interval(from, to - from, kinds.orMissing);
}

/** Sixteen places a table; those without any are left out. */
function tablesOf(bytes: ImageBytes, levels: Uint32Array, isMissing: boolean): Condition {
  const tables: number[] = [];
  for (let first = 0; first < levelPlaces; first += 16) {
    let bits = (levels[first >> 5]! >>> (first & 31)) & 0xffff;
    // The last level has its place with the missing values.
    if (first + 16 === levelPlaces) bits = isMissing ? bits | 0x8000 : bits & 0x7fff;
    if (bits === 0) continue;
    for (let place = 0; place < 16; place++) tables.push((bits >> place) & 1 ? 255 : 0);
    for (let place = 0; place < 16; place++) tables.push(first);
  }
  const places = bytes.add(Uint8Array.from(tables));
  return { kind: kinds.inTables, tables: tables.length / tableBytes, places };
}

/** The rules for ways of up to 16 columns; a last point alone has a partner of weight 0. */
function addRules(bytes: ImageBytes): number {
  const rules = [[0, 0]];
  for (let n = 1; 2 * n <= mostAsked; n++) {
    const { nodes, weights } = gaussLegendre(n);
    const numbers: number[] = [];
    for (let i = 0; i < n; i += 2) {
      const [a, b] = [nodes[i]!, nodes[i + 1] ?? 0.5];
      numbers.push(a, b, 1 - a, 1 - b, weights[i]!, weights[i + 1] ?? 0);
    }
    rules.push([bytes.add(Float64Array.from(numbers)), numbers.length / 6]);
  }
  return bytes.add(Uint32Array.from(rules.flat()));
}
