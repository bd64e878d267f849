/** Finds where a node is best cut: draws features, and tries the cuts between the bins that have rows. */
import { drawBelow } from './draws';
import { leftSumsOf, noteVarying, rightRowsOf, sumSides } from './forest-bits';
import { countItems, fewRows, histogramOf, masksOf } from './forest-count';
import { clear, countAt, itemBytes, plus, weighed } from './forest-item';
// biome-ignore lint/style/useImportType: AssemblyScript has no imports of types
import { Cut, missingBin, nobodyMissing, Plan, wordAt } from './forest-plan';

/** Leaves the best cut of the node in the plan; `sums`: of the node's items, `all`: what they weigh. */
export function findCut<T>(plan: Plan, start: u32, end: u32, sums: v128, all: v128, ofClasses: v128): void {
  const best = changetype<Cut>(<usize>plan.best);
  best.purity = -Infinity;
  best.feature = -1;
  const isFew = end - start < fewRows;
  if (isFew) noteVarying<T>(plan, start, end);
  const isDrawn = plan.featuresPerSplit < plan.features;
  let hasVarying = false;
  let looked: u32 = 0;
  // Features with one value in the node count as looked at, but at least one that varies must have been.
  while (looked < plan.features && (looked < plan.featuresPerSplit || !hasVarying)) {
    const until = max(looked + 1, plan.featuresPerSplit);
    let asked: u32 = 0;
    let counted: u32 = 0;
    let twoValued: u32 = 0;
    while (looked < until && counted < 4) {
      const slot = wordAt(plan.order, looked);
      let feature = load<u32>(slot);
      if (isDrawn) {
        const other = wordAt(plan.order, looked + drawBelow(plan.features - looked));
        const first = feature;
        feature = load<u32>(other);
        store<u32>(other, first);
        store<u32>(slot, feature);
      }
      looked++;
      const bit = load<i32>(wordAt(plan.bitOf, feature));
      // Listed in any case and written over: nobody can foresee what varies.
      const mayVary = <u32>(
        (isFew && bit >= 0 ? isVaryingBit(plan, bit) : !isConstant(plan, feature, start, end))
      );
      store<u32>(wordAt(plan.asked, asked), feature);
      asked += mayVary;
      if (bit >= 0) {
        store<u32>(wordAt(plan.twoValued, twoValued), feature);
        twoValued += mayVary;
      } else {
        store<u32>(wordAt(plan.counted, counted), feature);
        counted += mayVary;
      }
    }
    if (counted) countItems<T>(plan, start, end, counted);
    if (twoValued) sumSides<T>(plan, start, end, twoValued);
    let place: u32 = 0;
    let pair: u32 = 0;
    for (let i: u32 = 0; i < asked; i++) {
      const feature = load<u32>(wordAt(plan.asked, i));
      const isVarying =
        load<i32>(wordAt(plan.bitOf, feature)) >= 0
          ? tryTwoValues<T>(plan, end - start, feature, pair++, sums, all, ofClasses)
          : tryCuts<T>(plan, end - start, feature, place++, all, ofClasses);
      if (isVarying) {
        hasVarying = true;
        continue;
      }
      noteConstant(plan, feature, start, end);
    }
  }
}

/** Whether the items differ in a feature of two values, as noted for the node. */
function isVaryingBit(plan: Plan, bit: i32): bool {
  return <bool>((load<u64>(<usize>plan.varying + ((<usize>(bit >> 6)) << 3)) >> <u64>(bit & 63)) & 1);
}

/** Whether the part is known to have one value: a part of a part of one value has one value. */
function isConstant(plan: Plan, feature: u32, start: u32, end: u32): bool {
  const constant = <usize>plan.constant + ((<usize>feature) << 3);
  return load<u32>(constant) <= start && end <= load<u32>(constant, 4);
}

function noteConstant(plan: Plan, feature: u32, start: u32, end: u32): void {
  const constant = <usize>plan.constant + ((<usize>feature) << 3);
  store<u32>(constant, start);
  store<u32>(constant, end, 4);
}

/** The only cut of a feature of two values that misses none: the bins are 0 and 1. False when all rows have one. */
function tryTwoValues<T>(
  plan: Plan,
  rowCount: u32,
  feature: u32,
  place: u32,
  sums: v128,
  all: v128,
  ofClasses: v128,
): bool {
  const rightRows = rightRowsOf(plan, place);
  const leftRows = rowCount - rightRows;
  if (!leftRows || !rightRows) return false;
  if (leftRows < plan.minLeaf || rightRows < plan.minLeaf) return true;
  const left = leftSumsOf<T>(plan, place, sums);
  const purity = purityOf<T>(weighed<T>(left, ofClasses), all);
  if (purity > changetype<Cut>(<usize>plan.best).purity)
    keep(plan, purity, feature, 0, 1, nobodyMissing, left);
  return true;
}

/** Tries each cut, missing values on either side, and clears the bins; false when all rows have one value. */
function tryCuts<T>(plan: Plan, rowCount: u32, feature: u32, place: u32, all: v128, ofClasses: v128): bool {
  const histogram = histogramOf<T>(plan, place);
  const masks = masksOf(plan, place);
  const minLeaf = plan.minLeaf;
  const missing = histogram + <usize>missingBin * itemBytes<T>();
  const missingRows = load<u32>(missing + countAt<T>());
  const missingSums = v128.load(missing);
  let ofMissing = f64x2.splat(0);
  if (missingRows) {
    ofMissing = weighed<T>(missingSums, ofClasses);
    clear<T>(missing);
  }
  let purest = changetype<Cut>(<usize>plan.best).purity;
  let left = f64x2.splat(0);
  let leftRows: u32 = 0;
  let binRows: u32 = 0;
  let lower: u32 = 0;
  const binCount = load<u32>(wordAt(plan.binCounts, feature));
  for (let first: u32 = 0; first < binCount; first += 64) {
    let bits = load<u64>(masks + <usize>(first >> 3));
    // Behind the last bin stands that of missing values.
    if (binCount - first < 64) bits &= ((<u64>1) << (binCount - first)) - 1;
    for (; bits; bits &= bits - 1) {
      const upper = first + <u32>ctz(bits);
      const bin = histogram + <usize>upper * itemBytes<T>();
      const ownRows = load<u32>(bin + countAt<T>());
      if (!ownRows) continue;
      if (leftRows) {
        const ofLeft = weighed<T>(left, ofClasses);
        if (leftRows >= minLeaf && rowCount - leftRows >= minLeaf) {
          const purity = purityOf<T>(ofLeft, all);
          if (purity > purest) {
            purest = purity;
            keep(plan, purity, feature, lower, upper, missingRows ? 0 : nobodyMissing, left);
          }
        }
        const withMissing = leftRows + missingRows;
        if (missingRows && withMissing >= minLeaf && rowCount - withMissing >= minLeaf) {
          const purity = purityOf<T>(f64x2.add(ofLeft, ofMissing), all);
          if (purity > purest) {
            purest = purity;
            keep(plan, purity, feature, lower, upper, 1, plus<T>(left, missingSums));
          }
        }
      }
      left = plus<T>(left, v128.load(bin));
      leftRows += ownRows;
      binRows = ownRows;
      clear<T>(bin);
      lower = upper;
    }
  }
  // Behind the last value only missing ones are left to go right.
  if (missingRows >= minLeaf && leftRows >= minLeaf) {
    const purity = purityOf<T>(weighed<T>(left, ofClasses), all);
    if (purity > purest) keep(plan, purity, feature, lower, missingBin, 0, left);
  }
  return binRows < rowCount && missingRows < rowCount;
}

/** Both sides' (churned^2 + staying^2) / weight; not a number where the right side lost its weight in rounding. */
function purityOf<T>(left: v128, all: v128): f64 {
  const right = f64x2.sub(all, left);
  const staying = v128.shuffle<f64>(left, right, 0, 2);
  const churned = v128.shuffle<f64>(left, right, 1, 3);
  const weight = f64x2.add(staying, churned);
  const squares = f64x2.add(f64x2.mul(churned, churned), f64x2.mul(staying, staying));
  const sides = f64x2.div(squares, weight);
  const purity = f64x2.extract_lane(sides, 0) + f64x2.extract_lane(sides, 1);
  return isInteger<T>() || f64x2.extract_lane(weight, 1) > 0 ? purity : NaN;
}

/** `left`: the sums of the items that go left. */
function keep(
  plan: Plan,
  purity: f64,
  feature: i32,
  lower: u32,
  upper: u32,
  missingLeft: u32,
  left: v128,
): void {
  const best = changetype<Cut>(<usize>plan.best);
  best.purity = purity;
  best.feature = feature;
  best.lower = lower;
  best.upper = upper;
  best.missingLeft = missingLeft;
  v128.store(<usize>plan.bestLeft, left);
}
