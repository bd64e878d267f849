/**
 * Trees made ready for `assembly/trees.ts`: for each column and place, the leaves that its questions leave standing.
 *
 * Slots and places are those of `slots.ts`. A block is as many trees as fit 64 bytes with a bit a leaf; for each slot
 * that it asks it keeps one row of 64 bytes for each place that differs.
 *
 * Image: head { slots, their offset, blocks, their offset }; a block { trees, bytes a tree, slots asked, offset of those,
 * offset of the leaf values }; a slot asked { its number in bytes of a word, offset of its places }; a place { offset of
 * its row }.
 */
import type { AskedTrees } from './asked-trees.ts';
import { type ImageBytes, imageBytes } from './image-bytes.ts';
import { mostImageBytes } from './scoring-memory.ts';
import { addSlots, asksLevels, goesLeftAt, levelPlaces, type Slots, slotsOf, thresholdOf } from './slots.ts';
import type { TreeImage } from './tree-image.ts';

const rowBytes = 64;
const blockWords = 8;
const askedWords = 2;

/** A question as the bits see it: who goes right there is in none of the leaves `from` to `to` of its tree. */
interface Question {
  readonly node: number;
  /** Place of the tree in its block. */
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** More would be slower than a walk. */
const mostBytes = 8;

/** Undefined for trees of more than 64 leaves, and for those whose image would be larger than any may be: they are walked. */
export function bitsImage(trees: AskedTrees): TreeImage | undefined {
  const count = trees.roots.length - 1;
  const width = laneWidth(trees);
  if (width > mostBytes) return undefined;
  const inBlock = rowBytes / width;
  const slots = slotsOf(trees, (node) => (asksLevels(trees, node) ? 'levels' : 'missing-last'));
  const bytes = imageBytes();
  const head = bytes.reserve(4);
  const slotsAt = addSlots(bytes, slots.all);
  const blocks = Math.ceil(count / inBlock);
  const blocksAt = bytes.reserve(blockWords * blocks);
  bytes.setWords(head, [slots.all.length, slotsAt, blocks, blocksAt]);
  for (let b = 0; b < blocks; b++) {
    const first = b * inBlock;
    const taken = Math.min(inBlock, count - first);
    const words = blockOf(bytes, trees, slots, { first, taken, width });
    bytes.setWords(blocksAt + 4 * blockWords * b, words);
    // Each block has all places of a column: thousands of trees that share no threshold would take gigabytes.
    if (bytes.size() > mostImageBytes) return undefined;
  }
  return { image: bytes.done(), slots: slots.all.length, columns: slots.columns };
}

/** Bytes a tree: the least power of two with a bit for each leaf of the largest. */
function laneWidth({ roots, feature }: AskedTrees): number {
  let width = 1;
  for (let t = 0; t + 1 < roots.length; t++) {
    let leaves = 0;
    for (let node = roots[t]!; node < roots[t + 1]!; node++) if (feature[node]! < 0) leaves++;
    while (leaves > 8 * width) width *= 2;
  }
  return width;
}

/** Writes a block; its words. */
function blockOf(
  bytes: ImageBytes,
  trees: AskedTrees,
  slots: Slots,
  { first, taken, width }: { readonly first: number; readonly taken: number; readonly width: number },
): number[] {
  const values = new Float64Array(taken * 8 * width);
  const questions = new Map<number, Question[]>();
  for (let lane = 0; lane < taken; lane++) {
    const leaves = leavesOf(trees, first + lane);
    values.set(leaves.values, lane * 8 * width);
    for (const { node, from, to } of leaves.questions) {
      const slot = slots.of(node);
      const known = questions.get(slot) ?? [];
      known.push({ node, lane, from, to });
      questions.set(slot, known);
    }
  }
  const asked = [...questions].sort(([a], [b]) => a - b);
  const askedAt = bytes.reserve(askedWords * asked.length);
  asked.forEach(([slot, own], i) => {
    const { kind, thresholds } = slots.all[slot]!;
    const rows = kind === 'levels' ? levelRows(trees, own, width) : numberRows(trees, own, thresholds, width);
    const rowsAt = bytes.add(rows.rows);
    const placesAt = bytes.add(rows.places.map((row) => rowsAt + rowBytes * row));
    bytes.setWords(askedAt + 4 * askedWords * i, [4 * slot, placesAt]);
  });
  return [taken, width, asked.length, askedAt, bytes.add(values)];
}

/** Leaf values of a tree from left to right, and of each question the leaves on its left. */
function leavesOf(trees: AskedTrees, t: number) {
  const values: number[] = [];
  const questions: Omit<Question, 'lane'>[] = [];
  const visit = (node: number): void => {
    if (trees.feature[node]! < 0) {
      values.push(trees.value[node]!);
      return;
    }
    const from = values.length;
    visit(trees.left[node]!);
    questions.push({ node, from, to: values.length });
    visit(trees.right[node]!);
  };
  visit(trees.roots[t]!);
  return { values, questions };
}

interface Rows {
  readonly rows: Uint8Array;
  /** The row of each place. */
  readonly places: Uint32Array;
}

/** Going up the thresholds, each place keeps what the one before left standing, less the leaves of those just passed. */
function numberRows(
  trees: AskedTrees,
  questions: readonly Question[],
  thresholds: Float64Array,
  width: number,
): Rows {
  const sorted = [...questions].sort((a, b) => thresholdOf(trees, a.node) - thresholdOf(trees, b.node));
  const rows: Uint8Array[] = [];
  const standing = new Uint8Array(rowBytes).fill(255);
  const keep = () => rows.push(standing.slice()) - 1;
  const places = new Uint32Array(thresholds.length + 2).fill(keep());
  for (let place = 1, q = 0; place <= thresholds.length; place++) {
    const passed = thresholds[place - 1]!;
    const before = q;
    for (; q < sorted.length && thresholdOf(trees, sorted[q]!.node) <= passed; q++)
      clear(standing, sorted[q]!, width);
    places[place] = q > before ? keep() : places[place - 1]!;
  }
  rows.push(missingRow(trees, questions, width));
  places[thresholds.length + 1] = rows.length - 1;
  return { rows: joined(rows), places };
}

/** Levels behind the last that goes left anywhere go right everywhere: one row for all of them. */
function levelRows(trees: AskedTrees, questions: readonly Question[], width: number): Rows {
  const isLeft = (level: number) => questions.some(({ node }) => goesLeftAt(trees, node, level));
  let different = levelPlaces;
  while (different > 0 && !isLeft(different - 1)) different--;
  const rows: Uint8Array[] = [];
  for (let level = 0; level <= Math.min(different, levelPlaces - 1); level++) {
    const standing = new Uint8Array(rowBytes).fill(255);
    for (const question of questions)
      if (!goesLeftAt(trees, question.node, level)) clear(standing, question, width);
    rows.push(standing);
  }
  const last = rows.length - 1;
  const places = Uint32Array.from({ length: levelPlaces + 1 }, (_, level) => Math.min(level, last));
  rows.push(missingRow(trees, questions, width));
  places[levelPlaces] = rows.length - 1;
  return { rows: joined(rows), places };
}

function missingRow(trees: AskedTrees, questions: readonly Question[], width: number): Uint8Array {
  const standing = new Uint8Array(rowBytes).fill(255);
  for (const question of questions)
    if (trees.missingLeft?.[question.node] !== 1) clear(standing, question, width);
  return standing;
}

function clear(standing: Uint8Array, { lane, from, to }: Question, width: number): void {
  const first = 8 * width * lane;
  for (let leaf = first + from, end = first + to; leaf < end; leaf++)
    standing[leaf >> 3]! &= ~(1 << (leaf & 7));
}

function joined(rows: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(rowBytes * rows.length);
  rows.forEach((row, i) => {
    all.set(row, rowBytes * i);
  });
  return all;
}
