// biome-ignore-all lint/suspicious/noGlobalIsNan: the only one that AssemblyScript has
/**
 * Exact path-dependent SHAP values of trees, a tree after another for all rows of a block: twin of
 * `kernels/trees/row-shap.ts`, which explains the way. Two points of the integral stand side by side; sums of a column are
 * kept for each of the two and added at the end. The strict build has the twin's bits.
 *
 * The layout of an image is that of `kernels/trees/shap-image.ts`; addresses inside are bytes from its start.
 */

const treeCount: usize = 0;
const treesAt: usize = 4;
const stateAt: usize = 8;
const treeBytes: usize = 32;
const pairBytes: usize = 4;
const weightsAt: usize = 8;
const branchesEnd: usize = 12;
const questionsEnd: usize = 16;
const slotsAt: usize = 20;
// A question: slot in bytes of a pair of sums, whether it asks levels, whether missing values go left, how far on the next
// pair of the left and right sum is; threshold or offset of the levels; what is known of the column; factors; shares
// of left, right and before; where products go left and right; where sums come from. What is of the right stands
// behind what is of the left.
const questionBytes: usize = 64;
const asksLevels: usize = 4;
const missingLeft: usize = 5;
const leftStep: usize = 6;
const thresholdOf: usize = 8;
const knownAt: usize = 16;
const factorsAt: usize = 20;
const leftShare: usize = 24;
const shareBefore: usize = 40;
const leftTo: usize = 48;
const leftFrom: usize = 56;
// What going down leaves for coming up, before the products and the sums of a question.
const slotWeight: usize = 0;
const slotFactors: usize = 8;
const slotOwn: usize = 12;
const slotOther: usize = 16;
const slotOwnStep: usize = 20;
const slotOtherStep: usize = 24;
const slotHead: usize = 32;
/** Factors of a column that the row does not agree with: nothing more is to be known of it. */
const settledAt: usize = 12;

/**
 * Adds to the sums of each row, two numbers a slot, what the trees of the image contribute. `rows`: a value a slot.
 */
export function shapRows(image: usize, rows: usize, rowCount: i32, slots: i32, sums: usize): void {
  const state = image + <usize>load<u32>(image, stateAt);
  const settled = image + <usize>load<u32>(image, settledAt);
  // What a column is that was not asked before.
  store<u8>(state, 1);
  let tree = image + <usize>load<u32>(image, treesAt);
  const end = tree + <usize>load<u32>(image, treeCount) * treeBytes;
  for (; tree < end; tree += treeBytes) {
    let values = rows;
    let to = sums;
    for (let row = 0; row < rowCount; row++, values += (<usize>slots) << 3, to += (<usize>slots) << 4)
      explain(image, tree, values, state, settled, to);
  }
}

function explain(image: usize, tree: usize, values: usize, state: usize, settled: usize, sums: usize): void {
  const bytes = <usize>load<u32>(tree, pairBytes);
  const slotBytes = slotHead + (bytes << 1);
  const branches = image + <usize>load<u32>(tree, branchesEnd);
  const end = image + <usize>load<u32>(tree, questionsEnd);
  let slot = image + <usize>load<u32>(tree, slotsAt);
  let question = image + <usize>load<u32>(tree);
  let known = state + 1;
  const weights = image + <usize>load<u32>(tree, weightsAt);
  for (let k: usize = 0; k < bytes; k += 16) v128.store(slot + slotHead + k, v128.load(weights + k));
  for (; question < branches; question += questionBytes, slot += slotBytes, known += 2) {
    const isLeft = goesLeft(image, question, values);
    const agrees = load<u8>(state + <usize>load<u32>(question, knownAt));
    const answers = agrees & isLeft;
    store<u8>(known, answers);
    store<u8>(known, agrees ^ answers, 1);
    const share = load<f64>(question + (isLeft << 3), leftShare);
    const weight = share * select<f64>(load<f64>(question, shareBefore), 1, agrees !== 0);
    const factors = select<usize>(image + <usize>load<u32>(question, factorsAt), settled, agrees !== 0);
    const ownAt = question + ((<usize>(1 - isLeft)) << 2);
    const otherAt = question + ((<usize>isLeft) << 2);
    store<f64>(slot, weight, slotWeight);
    store<u32>(slot, <u32>factors, slotFactors);
    store<u32>(slot, load<u32>(ownAt, leftFrom), slotOwn);
    store<u32>(slot, load<u32>(otherAt, leftFrom), slotOther);
    store<u32>(slot, load<u8>(question + <usize>(1 - isLeft), leftStep), slotOwnStep);
    store<u32>(slot, load<u8>(question + <usize>isLeft, leftStep), slotOtherStep);
    const own = image + <usize>load<u32>(ownAt, leftTo);
    const other = image + <usize>load<u32>(otherAt, leftTo);
    const weights2 = f64x2.splat(weight);
    for (let k: usize = 0; k < bytes; k += 16) {
      const product = v128.load(slot + slotHead + k);
      const part = f64x2.mul(product, f64x2.mul(weights2, v128.load(factors + (k << 1))));
      v128.store(other + k, part);
      v128.store(own + k, f64x2.sub(product, part));
    }
  }
  const branchSlots = slot;
  for (; question < end; question += questionBytes, slot += slotBytes) {
    const isLeft = goesLeft(image, question, values);
    const agrees = load<u8>(state + <usize>load<u32>(question, knownAt));
    const share = load<f64>(question + (isLeft << 3), leftShare);
    const weight = share * select<f64>(load<f64>(question, shareBefore), 1, agrees !== 0);
    const factors = select<usize>(image + <usize>load<u32>(question, factorsAt), settled, agrees !== 0);
    const own = v128.load64_splat(
      image + <usize>load<u32>(question + ((<usize>(1 - isLeft)) << 2), leftFrom),
    );
    const other = v128.load64_splat(image + <usize>load<u32>(question + ((<usize>isLeft) << 2), leftFrom));
    const apart = f64x2.mul(f64x2.splat(weight), f64x2.sub(own, other));
    let effect = f64x2.splat(0);
    const products = slot + slotHead;
    const below = products + bytes;
    for (let k: usize = 0; k < bytes; k += 16) {
      effect = f64x2.add(
        effect,
        f64x2.mul(v128.load(products + k), f64x2.mul(apart, v128.load(factors + (k << 1), 16))),
      );
      v128.store(below + k, f64x2.sub(own, f64x2.mul(apart, v128.load(factors + (k << 1)))));
    }
    const sum = sums + <usize>load<u32>(question);
    v128.store(sum, f64x2.add(v128.load(sum), effect));
  }
  question = branches;
  slot = branchSlots;
  const first = image + <usize>load<u32>(tree);
  while (question > first) {
    question -= questionBytes;
    slot -= slotBytes;
    const weight = v128.load64_splat(slot, slotWeight);
    const factors = <usize>load<u32>(slot, slotFactors);
    let ownFrom = image + <usize>load<u32>(slot, slotOwn);
    let otherFrom = image + <usize>load<u32>(slot, slotOther);
    const ownStep = <usize>load<u32>(slot, slotOwnStep);
    const otherStep = <usize>load<u32>(slot, slotOtherStep);
    const products = slot + slotHead;
    const below = products + bytes;
    let effect = f64x2.splat(0);
    for (let k: usize = 0; k < bytes; k += 16) {
      const own = v128.load(ownFrom);
      const apart = f64x2.mul(weight, f64x2.sub(own, v128.load(otherFrom)));
      effect = f64x2.add(
        effect,
        f64x2.mul(v128.load(products + k), f64x2.mul(apart, v128.load(factors + (k << 1), 16))),
      );
      v128.store(below + k, f64x2.sub(own, f64x2.mul(apart, v128.load(factors + (k << 1)))));
      ownFrom += ownStep;
      otherFrom += otherStep;
    }
    const sum = sums + <usize>load<u32>(question);
    v128.store(sum, f64x2.add(v128.load(sum), effect));
  }
}

/** 1 or 0. */
function goesLeft(image: usize, question: usize, values: usize): usize {
  const value = load<f64>(values + (<usize>load<u32>(question) >> 1));
  if (load<u8>(question, asksLevels)) {
    if (!(value >= 0 && value < 256)) return <usize>load<u8>(question, missingLeft);
    const level = <u32>value;
    return <usize>(
      ((load<u8>(image + <usize>load<u32>(question, thresholdOf) + <usize>(level >> 3)) >> (level & 7)) & 1)
    );
  }
  return (
    <usize>(value <= load<f64>(question, thresholdOf)) |
    (<usize>isNaN(value) & <usize>load<u8>(question, missingLeft))
  );
}
