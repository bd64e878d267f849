/**
 * The hot loops of boosting: adding up gradients by bin, and looking for the best cut of a number. Double precision, each
 * sum in the order of its plain twins `kernels/boosting/histogram.ts` and `find-split.ts`, so both builds give their bits.
 *
 * A bin has 24 bytes: sum of gradients, sum of hessians, number of rows. A row has its bins side by side, a byte each, and
 * its gradient and hessian side by side.
 */

const binBytes: usize = 24;
// Words of a feature that is asked for, as byte offsets: its number, where its bins begin and how long they are in bytes
// of a histogram, whether it is a category.
const askedBytes: usize = 16;
const firstByte: usize = 4;
const lengthOf: usize = 8;
const isCategory: usize = 12;
const leastHessian: f64 = 1e-3;

/** Fills the bins of the features asked for with the rows of a node; what stood there is gone. */
export function boostingCount(
  bins: usize,
  rowBytes: i32,
  slopes: usize,
  rows: usize,
  rowCount: i32,
  asked: usize,
  featureCount: i32,
  histogram: usize,
): void {
  const askedEnd = asked + <usize>featureCount * askedBytes;
  for (let f = asked; f < askedEnd; f += askedBytes)
    memory.fill(histogram + <usize>load<u32>(f, firstByte), 0, <usize>load<u32>(f, lengthOf));
  const end = rows + ((<usize>rowCount) << 2);
  for (let at = rows; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const slope = v128.load(slopes + (row << 4));
    const own = bins + row * <usize>rowBytes;
    for (let f = asked; f < askedEnd; f += askedBytes) {
      const bin = <usize>load<u8>(own + <usize>load<u32>(f)) * binBytes;
      const to = histogram + <usize>load<u32>(f, firstByte) + bin;
      v128.store(to, f64x2.add(v128.load(to), slope));
      store<f64>(to, load<f64>(to, 16) + 1, 16);
    }
  }
}

/** Turns the bins of a parent into those of the other child. */
export function boostingSubtract(asked: usize, featureCount: i32, parent: usize, child: usize): void {
  const askedEnd = asked + <usize>featureCount * askedBytes;
  for (let f = asked; f < askedEnd; f += askedBytes) {
    const from = <usize>load<u32>(f, firstByte);
    const end = from + <usize>load<u32>(f, lengthOf);
    for (let at = from; at < end; at += 8)
      store<f64>(parent + at, load<f64>(parent + at) - load<f64>(child + at));
  }
}

/**
 * The best cut of each number asked for: 16 bytes with its gain (0 for none), the last bin that goes left, and whether
 * missing values do. Categories get no gain: their levels are ordered elsewhere.
 */
export function boostingCut(
  asked: usize,
  featureCount: i32,
  histogram: usize,
  gradient: f64,
  hessian: f64,
  count: f64,
  l2: f64,
  minLeaf: f64,
  found: usize,
): void {
  const cost = (gradient * gradient) / (hessian + l2);
  const askedEnd = asked + <usize>featureCount * askedBytes;
  for (let f = asked; f < askedEnd; f += askedBytes, found += 16) {
    store<f64>(found, 0);
    if (load<u32>(f, isCategory)) continue;
    const bins = <i32>(load<u32>(f, lengthOf) / <u32>binBytes) - 1;
    const from = histogram + <usize>load<u32>(f, firstByte);
    cutNumber(from, bins, gradient, hessian, count, cost, l2, minLeaf, found);
  }
}

function cutNumber(
  at: usize,
  bins: i32,
  allGradient: f64,
  allHessian: f64,
  allCount: f64,
  cost: f64,
  l2: f64,
  minLeaf: f64,
  found: usize,
): void {
  const missing = at + <usize>bins * binBytes;
  const missingGradient = load<f64>(missing);
  const missingHessian = load<f64>(missing, 8);
  const missingCount = load<f64>(missing, 16);
  let bestGain: f64 = 0;
  let bestBin = -1;
  let isMissingLeft = 0;
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  let count: f64 = 0;
  // Behind the last bin only missing values are left to go right.
  const end = missingCount > 0 ? bins : bins - 1;
  for (let bin = 0; bin < end; bin++, at += binBytes) {
    const own = load<f64>(at, 16);
    if (own === 0) continue;
    gradient += load<f64>(at);
    hessian += load<f64>(at, 8);
    count += own;
    if (allCount - count < minLeaf) break;
    const restHessian = allHessian - hessian;
    if (count >= minLeaf && hessian >= leastHessian && restHessian >= leastHessian) {
      const rest = allGradient - gradient;
      const gain = bothSides(gradient, hessian, rest, restHessian, l2) - cost;
      if (gain > bestGain) {
        bestGain = gain;
        bestBin = bin;
        isMissingLeft = 0;
      }
    }
    if (missingCount === 0 || bin === bins - 1) continue;
    const leftCount = count + missingCount;
    const leftHessian = hessian + missingHessian;
    const rightHessian = allHessian - leftHessian;
    if (leftCount < minLeaf || allCount - leftCount < minLeaf) continue;
    if (leftHessian < leastHessian || rightHessian < leastHessian) continue;
    const left = gradient + missingGradient;
    const gain = bothSides(left, leftHessian, allGradient - left, rightHessian, l2) - cost;
    if (gain > bestGain) {
      bestGain = gain;
      bestBin = bin;
      isMissingLeft = 1;
    }
  }
  store<f64>(found, bestGain);
  store<i32>(found, bestBin, 8);
  store<i32>(found, isMissingLeft, 12);
}

/** What two sides cost less; two divisions at once. */
function bothSides(left: f64, leftHessian: f64, right: f64, rightHessian: f64, l2: f64): f64 {
  const sums = f64x2(left, right);
  const both = f64x2.div(f64x2.mul(sums, sums), f64x2.add(f64x2(leftHessian, rightHessian), f64x2.splat(l2)));
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}
