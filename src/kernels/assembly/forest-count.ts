/**
 * Counts the items of a node by the bins of up to four features.
 *
 * Features go side by side, since adding to a bin waits for the addition before when both hit the same one. Where rows are
 * few a bit says of each bin that it has any, so that finding a cut need not look at the others.
 */
import { addTo, clear, itemBytes, rowAt } from './forest-item';
// biome-ignore lint/style/useImportType: AssemblyScript has no imports of types
import { Plan, wordAt } from './forest-plan';

/** Below so many rows bins without any are passed over. */
export const fewRows: u32 = 128;
/** Bits for the bins of a feature, and of four. */
const maskBytes: usize = 32;
const allMaskBytes: usize = 4 * maskBytes;

/** Before the first tree: the bits of each single bin. */
export function fillMaskTable(plan: Plan): void {
  for (let bin: usize = 0; bin < 256; bin++)
    store<u64>(
      <usize>plan.masks + allMaskBytes + bin * maskBytes + ((bin >> 6) << 3),
      (<u64>1) << (bin & 63),
    );
}

/** Fills the histograms of up to four features that are to be counted, and the bits of bins that may have rows. */
export function countItems<T>(plan: Plan, start: u32, end: u32, counted: u32): void {
  const from = <usize>plan.items + <usize>start * itemBytes<T>();
  const to = <usize>plan.items + <usize>end * itemBytes<T>();
  const isFew = end - start < fewRows;
  if (counted > 2) {
    if (isFew) countFourWithBits<T>(plan, from, to, counted);
    else countFour<T>(plan, from, to, counted);
    // What stood in for a fourth feature fell into the bin 0.
    if (counted === 3) clear<T>(histogramOf<T>(plan, 3));
  } else {
    for (let place: u32 = 0; place < counted; place++) {
      if (isFew) countOneWithBits<T>(plan, from, to, place);
      else countOne<T>(plan, from, to, place);
    }
  }
  if (!isFew) memory.fill(plan.masks, 0xff, allMaskBytes);
}

/** The bins of the feature counted at a place, 256 of them. */
export function histogramOf<T>(plan: Plan, place: u32): usize {
  return <usize>plan.histograms + <usize>place * (itemBytes<T>() * 256);
}

export function masksOf(plan: Plan, place: u32): usize {
  return <usize>plan.masks + <usize>place * maskBytes;
}

function columnOf(plan: Plan, place: u32, counted: u32): usize {
  if (place >= counted) return plan.noColumn;
  return <usize>plan.bins + <usize>load<u32>(wordAt(plan.counted, place)) * plan.rows;
}

function countOne<T>(plan: Plan, from: usize, to: usize, place: u32): void {
  const column = columnOf(plan, place, 4);
  const histogram = histogramOf<T>(plan, place);
  for (let item = from; item < to; item += itemBytes<T>()) {
    const bin = <usize>load<u8>(column + load<u32>(item + rowAt<T>()));
    addTo<T>(histogram + bin * itemBytes<T>(), item);
  }
}

function countOneWithBits<T>(plan: Plan, from: usize, to: usize, place: u32): void {
  const column = columnOf(plan, place, 4);
  const histogram = histogramOf<T>(plan, place);
  const table = <usize>plan.masks + allMaskBytes;
  let low = i64x2.splat(0);
  let high = i64x2.splat(0);
  for (let item = from; item < to; item += itemBytes<T>()) {
    const bin = <usize>load<u8>(column + load<u32>(item + rowAt<T>()));
    addTo<T>(histogram + bin * itemBytes<T>(), item);
    low = v128.or(low, v128.load(table + bin * maskBytes));
    high = v128.or(high, v128.load(table + bin * maskBytes, 16));
  }
  v128.store(masksOf(plan, place), low);
  v128.store(masksOf(plan, place), high, 16);
}

function countFour<T>(plan: Plan, from: usize, to: usize, counted: u32): void {
  const first = columnOf(plan, 0, counted);
  const second = columnOf(plan, 1, counted);
  const third = columnOf(plan, 2, counted);
  const fourth = columnOf(plan, 3, counted);
  const histogram = histogramOf<T>(plan, 0);
  const each = itemBytes<T>() * 256;
  for (let item = from; item < to; item += itemBytes<T>()) {
    const row = <usize>load<u32>(item + rowAt<T>());
    addTo<T>(histogram + <usize>load<u8>(first + row) * itemBytes<T>(), item);
    addTo<T>(histogram + each + <usize>load<u8>(second + row) * itemBytes<T>(), item);
    addTo<T>(histogram + 2 * each + <usize>load<u8>(third + row) * itemBytes<T>(), item);
    addTo<T>(histogram + 3 * each + <usize>load<u8>(fourth + row) * itemBytes<T>(), item);
  }
}

function countFourWithBits<T>(plan: Plan, from: usize, to: usize, counted: u32): void {
  const first = columnOf(plan, 0, counted);
  const second = columnOf(plan, 1, counted);
  const third = columnOf(plan, 2, counted);
  const fourth = columnOf(plan, 3, counted);
  const histogram = histogramOf<T>(plan, 0);
  const each = itemBytes<T>() * 256;
  const table = <usize>plan.masks + allMaskBytes;
  let firstLow = i64x2.splat(0);
  let firstHigh = i64x2.splat(0);
  let secondLow = i64x2.splat(0);
  let secondHigh = i64x2.splat(0);
  let thirdLow = i64x2.splat(0);
  let thirdHigh = i64x2.splat(0);
  let fourthLow = i64x2.splat(0);
  let fourthHigh = i64x2.splat(0);
  for (let item = from; item < to; item += itemBytes<T>()) {
    const row = <usize>load<u32>(item + rowAt<T>());
    const a = <usize>load<u8>(first + row);
    const b = <usize>load<u8>(second + row);
    const c = <usize>load<u8>(third + row);
    const d = <usize>load<u8>(fourth + row);
    addTo<T>(histogram + a * itemBytes<T>(), item);
    addTo<T>(histogram + each + b * itemBytes<T>(), item);
    addTo<T>(histogram + 2 * each + c * itemBytes<T>(), item);
    addTo<T>(histogram + 3 * each + d * itemBytes<T>(), item);
    firstLow = v128.or(firstLow, v128.load(table + a * maskBytes));
    firstHigh = v128.or(firstHigh, v128.load(table + a * maskBytes, 16));
    secondLow = v128.or(secondLow, v128.load(table + b * maskBytes));
    secondHigh = v128.or(secondHigh, v128.load(table + b * maskBytes, 16));
    thirdLow = v128.or(thirdLow, v128.load(table + c * maskBytes));
    thirdHigh = v128.or(thirdHigh, v128.load(table + c * maskBytes, 16));
    fourthLow = v128.or(fourthLow, v128.load(table + d * maskBytes));
    fourthHigh = v128.or(fourthHigh, v128.load(table + d * maskBytes, 16));
  }
  const masks = <usize>plan.masks;
  v128.store(masks, firstLow);
  v128.store(masks, firstHigh, 16);
  v128.store(masks, secondLow, 32);
  v128.store(masks, secondHigh, 48);
  v128.store(masks, thirdLow, 64);
  v128.store(masks, thirdHigh, 80);
  v128.store(masks, fourthLow, 96);
  v128.store(masks, fourthHigh, 112);
}
