/**
 * Sorts a column and gives its values bins: twins of `kernels/bins/plain-binner.ts`. Nothing is rounded: the same answers
 * in both builds.
 *
 * The sort is by digits of eleven bits from the last to the first (least-significant-digit radix sort), on numbers whose
 * order is that of the doubles; digits that all values share are passed over.
 */

const digits: usize = 6;
const digitBits: u64 = 11;
const countersBytes: usize = 2048 * 4;

/**
 * The values that are no NaN, ascending, over `values`; returns how many. `spare` has room for as many values,
 * `counters` for 6 x 2,048 whole numbers.
 */
export function binsSort(values: usize, count: u32, spare: usize, counters: usize): u32 {
  let from = values;
  let to = spare;
  memory.fill(counters, 0, digits * countersBytes);
  const kept = countDigits(values, count, counters);
  const bytes = (<usize>kept) << 3;
  for (let digit: usize = 0; digit < digits; digit++) {
    const own = counters + digit * countersBytes;
    if (!turnToPlaces(own, kept)) continue;
    const shift = <u64>digit * digitBits;
    for (let at: usize = 0; at < bytes; at += 8) {
      const key = load<u64>(from + at);
      const counter = own + ((<usize>((key >> shift) & 2047)) << 2);
      const place = load<u32>(counter);
      store<u32>(counter, place + 1);
      store<u64>(to + ((<usize>place) << 3), key);
    }
    const other = from;
    from = to;
    to = other;
  }
  for (let at: usize = 0; at < bytes; at += 8) {
    const key = load<u64>(from + at);
    store<u64>(values + at, key & signBit ? key ^ signBit : ~key);
  }
  return kept;
}

const signBit: u64 = 0x8000000000000000;

/** Turns the doubles into whole numbers of the same order, NaN left out, and counts their digits. */
function countDigits(values: usize, count: u32, counters: usize): u32 {
  let to = values;
  const end = values + ((<usize>count) << 3);
  for (let at = values; at < end; at += 8) {
    const value = load<f64>(at);
    if (Number.isNaN(value)) continue;
    const bits = reinterpret<u64>(value);
    const key = bits & signBit ? ~bits : bits | signBit;
    store<u64>(to, key);
    to += 8;
    for (let digit: usize = 0; digit < digits; digit++) {
      const bucket = <usize>((key >> (<u64>digit * digitBits)) & 2047);
      const counter = counters + digit * countersBytes + (bucket << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  return <u32>((to - values) >> 3);
}

/** From how many values have each digit to where the first of them goes; false when all have the same. */
function turnToPlaces(counters: usize, count: u32): bool {
  let before: u32 = 0;
  for (let counter = counters; counter < counters + countersBytes; counter += 4) {
    const own = load<u32>(counter);
    if (own === count) return false;
    store<u32>(counter, before);
    before += own;
  }
  return true;
}

/**
 * The bin of each value, a byte: the first whose largest value it does not exceed, 255 for NaN. `highs` has 256 numbers,
 * infinity behind the last bin; `reach` is the power of two at or above the number of bins.
 */
export function binsPlace(values: usize, count: u32, highs: usize, reach: u32, bins: usize): void {
  const end = values + ((<usize>count) << 3);
  for (let at = values; at < end; at += 8, bins++) {
    const value = load<f64>(at);
    let bin = highs;
    for (let step = (<usize>reach) << 2; step >= 8; step >>= 1)
      bin += select<usize>(step, 0, value > load<f64>(bin + step - 8));
    store<u8>(bins, <u8>select<usize>(255, (bin - highs) >> 3, Number.isNaN(value)));
  }
}
