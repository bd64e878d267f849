/**
 * Grows one tree of a forest in one call: finds each node's cut and moves the rows apart, depth first, left part first. Each
 * sum and comparison in the order of the plain twin `kernels/forest/plain-grower.ts`: the same tree to the bit in both builds.
 */
import { fillMaskTable } from './forest-count';
import { findCut } from './forest-cut';
import { itemBytes, plus, rowAt, weighed } from './forest-item';
// biome-ignore lint/style/useImportType: AssemblyScript has no imports of types
import { Cut, missingBin, nobodyMissing, Plan, wordAt } from './forest-plan';

const waitingBytes: usize = 48;
const sumsAt: usize = 32;

/** Grows the tree of so many items, whose root children count as `firstNode`; returns how many nodes it has. */
export function forestGrow(
  address: usize,
  isWhole: bool,
  itemCount: u32,
  ofStaying: f64,
  ofChurned: f64,
  firstNode: u32,
): u32 {
  const plan = changetype<Plan>(address);
  fillMaskTable(plan);
  const ofClasses = f64x2(ofStaying, ofChurned);
  return isWhole
    ? growTree<i32>(plan, itemCount, ofClasses, firstNode)
    : growTree<f64>(plan, itemCount, ofClasses, firstNode);
}

function growTree<T>(plan: Plan, itemCount: u32, ofClasses: v128, firstNode: u32): u32 {
  const leastRows = max(plan.minSplit, 2 * plan.minLeaf);
  const best = changetype<Cut>(<usize>plan.best);
  for (let f: u32 = 0; f < plan.features; f++) store<u32>(wordAt(plan.order, f), f);
  memory.fill(plan.constant, 0, (<usize>plan.features) << 3);
  let next = <usize>plan.waiting;
  wait(next, 0, itemCount, 0, 0, 0, sumOf<T>(plan, 0, itemCount));
  let nodes: u32 = 0;
  while (next >= <usize>plan.waiting) {
    const start = load<u32>(next);
    const end = load<u32>(next, 4);
    const depth = load<u32>(next, 8);
    const parent = load<u32>(next, 12);
    const children = load<u32>(next, 16);
    // Whole numbers are what the cut made of them; others are added up anew, in the rows' order.
    const sums = isInteger<T>() ? v128.load(next + sumsAt) : sumOf<T>(plan, start, end);
    next -= waitingBytes;
    const node = nodes++;
    // The root is nobody's child: no address stands for that.
    if (children) store<u32>(wordAt(children, parent), firstNode + node);
    const all = weighed<T>(sums, ofClasses);
    const staying = f64x2.extract_lane(all, 0);
    const churned = f64x2.extract_lane(all, 1);
    addLeaf(plan, node, staying, churned);
    if (staying === 0 || churned === 0 || depth >= plan.maxDepth || end - start < leastRows) continue;
    findCut<T>(plan, start, end, sums, all, ofClasses);
    if (best.feature < 0) continue;
    const middle = partition<T>(plan, best, start, end);
    turnToQuestion(plan, best, node, middle - start > end - middle);
    const left = v128.load(<usize>plan.bestLeft);
    next += waitingBytes;
    wait(next, middle, end, depth + 1, node, plan.right, isInteger<T>() ? i32x4.sub(sums, left) : sums);
    next += waitingBytes;
    wait(next, start, middle, depth + 1, node, plan.left, left);
  }
  return nodes;
}

function sumOf<T>(plan: Plan, start: u32, end: u32): v128 {
  const items = <usize>plan.items;
  const last = items + <usize>end * itemBytes<T>();
  let sum = f64x2.splat(0);
  for (let item = items + <usize>start * itemBytes<T>(); item < last; item += itemBytes<T>())
    sum = plus<T>(sum, v128.load(item));
  return sum;
}

/** `children`: where the node's own number is to be noted under that of its parent; `sums` of whole numbers. */
function wait(at: usize, start: u32, end: u32, depth: u32, parent: u32, children: u32, sums: v128): void {
  store<u32>(at, start);
  store<u32>(at, end, 4);
  store<u32>(at, depth, 8);
  store<u32>(at, parent, 12);
  store<u32>(at, children, 16);
  v128.store(at + sumsAt, sums);
}

function addLeaf(plan: Plan, node: u32, staying: f64, churned: f64): void {
  const word = (<usize>node) << 2;
  const double = (<usize>node) << 3;
  const weight = staying + churned;
  store<i32>(<usize>plan.feature + word, -1);
  store<f64>(<usize>plan.threshold + double, 0);
  store<u32>(<usize>plan.left + word, 0);
  store<u32>(<usize>plan.right + word, 0);
  store<f64>(<usize>plan.value + double, churned / weight);
  store<f64>(<usize>plan.cover + double, weight);
  store<u8>(<usize>plan.missingLeft + node, 0);
}

/** Where nothing was missing in training, missing values go with the larger side. */
function turnToQuestion(plan: Plan, best: Cut, node: u32, isLeftLarger: bool): void {
  const from = (<usize>best.feature) << 11;
  const low = load<f64>(<usize>plan.highs + from + ((<usize>best.lower) << 3));
  let threshold: f64 = f64.MAX_VALUE;
  if (best.upper !== missingBin) {
    const high = load<f64>(<usize>plan.lows + from + ((<usize>best.upper) << 3));
    const middle = low / 2 + high / 2;
    // Between neighbouring doubles there is no middle: rounding may give the upper one.
    threshold = middle < high && middle >= low ? middle : low;
  }
  store<i32>(<usize>plan.feature + ((<usize>node) << 2), best.feature);
  store<f64>(<usize>plan.threshold + ((<usize>node) << 3), threshold);
  const goesLeft = best.missingLeft === nobodyMissing ? <u32>isLeftLarger : best.missingLeft;
  store<u8>(<usize>plan.missingLeft + node, <u8>goesLeft);
}

/** Moves the items of the left part before those of the right, both in their old order; returns where the right begins. */
function partition<T>(plan: Plan, best: Cut, start: u32, end: u32): u32 {
  const column = <usize>plan.bins + <usize>best.feature * plan.rows;
  const items = <usize>plan.items;
  const last = items + <usize>end * itemBytes<T>();
  let left = items + <usize>start * itemBytes<T>();
  let right = <usize>plan.spare;
  const lower = best.lower;
  const leftToo: u32 = best.missingLeft === 1 ? missingBin : lower;
  for (let item = left; item < last; item += itemBytes<T>()) {
    const bin = <u32>load<u8>(column + load<u32>(item + rowAt<T>()));
    const goesLeft = <usize>(bin <= lower) | <usize>(bin === leftToo);
    // Written to both sides: a step that nobody can foresee costs more than a store that is written over.
    const first = v128.load(item);
    if (isFloat<T>()) {
      const second = v128.load(item, 16);
      v128.store(left, first);
      v128.store(left, second, 16);
      v128.store(right, first);
      v128.store(right, second, 16);
    } else {
      v128.store(left, first);
      v128.store(right, first);
    }
    const step = goesLeft * itemBytes<T>();
    left += step;
    right += itemBytes<T>() - step;
  }
  let to = left;
  for (let from = <usize>plan.spare; from < right; from += 16, to += 16) v128.store(to, v128.load(from));
  return <u32>((left - items) / itemBytes<T>());
}
