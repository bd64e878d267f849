// biome-ignore-all lint/suspicious/noGlobalIsNan: the only one that AssemblyScript has
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
    if (isNaN(value)) continue;
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
 * The different values that are no NaN, ascending, where they are at most so many; else one more than that is returned.
 * `distinct` has room for one more. For columns made from categories: two values are recognised without a branch.
 */
export function binsFew(values: usize, count: u32, most: u32, distinct: usize): u32 {
  let known: u32 = 0;
  let first = f64x2.splat(NaN);
  let second = first;
  const end = values + ((<usize>count) << 3);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const pair = v128.load(at);
    const isKnown = v128.or(f64x2.eq(pair, first), f64x2.eq(pair, second));
    if (i64x2.all_true(v128.or(isKnown, f64x2.ne(pair, pair)))) continue;
    known = learn(load<f64>(at), known, distinct);
    if (known <= most) known = learn(load<f64>(at, 8), known, distinct);
    if (known > most) return known;
    if (known > 0) first = v128.load64_splat(distinct);
    if (known > 1) second = v128.load64_splat(distinct, 8);
  }
  return at < end ? learn(load<f64>(at), known, distinct) : known;
}

/** Puts a value among the known ones, which it may not be; returns how many they are. */
function learn(value: f64, known: u32, distinct: usize): u32 {
  if (isNaN(value)) return known;
  let at = distinct + ((<usize>known) << 3);
  for (let before = at; before > distinct; before -= 8) {
    const other = load<f64>(before - 8);
    if (other === value) return known;
    if (other < value) break;
    at = before - 8;
  }
  memory.copy(at + 8, at, distinct + ((<usize>known) << 3) - at);
  store<f64>(at, value);
  return known + 1;
}

/**
 * The bin of each value, a byte: how many of the ascending edges lie below it, `missingBin` for NaN. `edges` has 256
 * places, infinite behind the last edge; `reach` is the least power of 2 above the number of edges.
 */
export function binsPlace(
  values: usize,
  count: u32,
  edges: usize,
  reach: u32,
  missingBin: u32,
  bins: usize,
): void {
  const end = values + ((<usize>count) << 3);
  for (let at = values; at < end; at += 8, bins++) {
    const value = load<f64>(at);
    let edge = edges;
    for (let step = (<usize>reach) << 2; step >= 8; step >>= 1)
      edge += select<usize>(step, 0, value > load<f64>(edge + step - 8));
    store<u8>(bins, <u8>select<u32>(missingBin, <u32>(edge - edges) >> 3, isNaN(value)));
  }
}
