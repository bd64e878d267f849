/**
 * Features of two values that miss none: their only cut needs no counting by bins.
 *
 * Of each row they are bits of a word. In a small part one look at the words tells which of them vary at all. Whole weights
 * go where a mask of the bits lets them, six features at a time in registers; doubles two at a time, from their bins.
 */
import { itemBytes, rowAt } from './forest-item';
// biome-ignore lint/style/useImportType: AssemblyScript has no imports of types
import { Plan, wordAt } from './forest-plan';

/** Before the first tree: of each row a bit for each feature of two values, 64 a word, word after word of all rows. */
export function forestBits(address: usize): void {
  const plan = changetype<Plan>(address);
  for (let feature: u32 = 0; feature < plan.features; feature++) {
    const place = load<i32>(wordAt(plan.bitOf, feature));
    if (place < 0) continue;
    const column = <usize>plan.bins + <usize>feature * plan.rows;
    const words = bitsAt(plan, place);
    const shift = <u64>(place & 63);
    for (let row: usize = 0; row < plan.rows; row++) {
      const word = words + (row << 3);
      store<u64>(word, load<u64>(word) | ((<u64>load<u8>(column + row)) << shift));
    }
  }
}

/** Notes in which bits the items of a part differ. */
export function noteVarying<T>(plan: Plan, start: u32, end: u32): void {
  const from = <usize>plan.items + <usize>start * itemBytes<T>();
  const to = <usize>plan.items + <usize>end * itemBytes<T>();
  for (let word: usize = 0; word < plan.bitWords; word++) {
    const bits = <usize>plan.bits + word * ((<usize>plan.rows) << 3);
    let any: u64 = 0;
    let every: u64 = -1;
    for (let item = from; item < to; item += itemBytes<T>()) {
      const own = load<u64>(bits + ((<usize>load<u32>(item + rowAt<T>())) << 3));
      any |= own;
      every &= own;
    }
    store<u64>(<usize>plan.varying + (word << 3), any & ~every);
  }
}

function bitsAt(plan: Plan, place: i32): usize {
  return <usize>plan.bits + ((<usize>(place >> 6) * plan.rows) << 3);
}

function placeOf(plan: Plan, asked: u32): i32 {
  return load<i32>(wordAt(plan.bitOf, load<u32>(wordAt(plan.twoValued, asked))));
}

/** How many items go right at one of the features asked for. */
export function rightRowsOf(plan: Plan, asked: u32): u32 {
  return load<u32>(<usize>plan.rightRows + ((<usize>asked) << 3));
}

/** What the items weigh that go left there. Whole ones are the rest; others were added up in the rows' order. */
export function leftSumsOf<T>(plan: Plan, asked: u32, sums: v128): v128 {
  return isInteger<T>()
    ? i32x4.sub(sums, v128.load64_zero(<usize>plan.sideSums + ((<usize>asked) << 3)))
    : v128.load(<usize>plan.sideSums + ((<usize>asked) << 4));
}

/** Adds up one side of each feature of two values asked for, and counts the right one. */
export function sumSides<T>(plan: Plan, start: u32, end: u32, features: u32): void {
  const from = <usize>plan.items + <usize>start * itemBytes<T>();
  const to = <usize>plan.items + <usize>end * itemBytes<T>();
  for (let first: u32 = 0; first < features; ) {
    first += isInteger<T>()
      ? sumBits(plan, from, to, first, features)
      : sumTwo(plan, from, to, first, features);
  }
}

/** Up to six features whose bits stand in one word; returns how many. */
function sumBits(plan: Plan, from: usize, to: usize, first: u32, features: u32): u32 {
  const word = placeOf(plan, first) >> 6;
  let last = first + 1;
  while (last < features && last < first + 6 && placeOf(plan, last) >> 6 === word) last++;
  const bits = bitsAt(plan, word << 6);
  const sums = <usize>plan.sideSums + ((<usize>first) << 3);
  const rows = <usize>plan.rightRows + ((<usize>first) << 3);
  const ab = bitsOf(plan, first, last);
  if (last - first <= 2) sumTwoBits(from, to, bits, ab, sums, rows);
  else
    sumSixBits(from, to, bits, ab, bitsOf(plan, first + 2, last), bitsOf(plan, first + 4, last), sums, rows);
  return last - first;
}

/** The bits of two features beside each other; none for a feature from `last` on, whose sums nobody reads. */
function bitsOf(plan: Plan, first: u32, last: u32): v128 {
  const lower: u64 = first < last ? (<u64>1) << (placeOf(plan, first) & 63) : 0;
  const upper: u64 = first + 1 < last ? (<u64>1) << (placeOf(plan, first + 1) & 63) : 0;
  return i64x2.replace_lane(i64x2.splat(lower), 1, upper);
}

/** Both weights of an item are one number of 64 bits here: nothing carries from the one to the other. */
function sumTwoBits(from: usize, to: usize, bits: usize, ab: v128, sums: usize, rows: usize): void {
  let sum = i64x2.splat(0);
  let count = i64x2.splat(0);
  for (let item = from; item < to; item += itemBytes<i32>()) {
    const own = v128.load64_splat(item);
    const its = v128.load64_splat(bits + ((<usize>load<u32>(item + rowAt<i32>())) << 3));
    const isRight = i64x2.eq(v128.and(its, ab), ab);
    sum = i64x2.add(sum, v128.and(own, isRight));
    count = i64x2.sub(count, isRight);
  }
  v128.store(sums, sum);
  v128.store(rows, count);
}

function sumSixBits(
  from: usize,
  to: usize,
  bits: usize,
  ab: v128,
  cd: v128,
  ef: v128,
  sums: usize,
  rows: usize,
): void {
  let sumAb = i64x2.splat(0);
  let sumCd = i64x2.splat(0);
  let sumEf = i64x2.splat(0);
  let countAb = i64x2.splat(0);
  let countCd = i64x2.splat(0);
  let countEf = i64x2.splat(0);
  for (let item = from; item < to; item += itemBytes<i32>()) {
    const own = v128.load64_splat(item);
    const its = v128.load64_splat(bits + ((<usize>load<u32>(item + rowAt<i32>())) << 3));
    const isAb = i64x2.eq(v128.and(its, ab), ab);
    const isCd = i64x2.eq(v128.and(its, cd), cd);
    const isEf = i64x2.eq(v128.and(its, ef), ef);
    sumAb = i64x2.add(sumAb, v128.and(own, isAb));
    sumCd = i64x2.add(sumCd, v128.and(own, isCd));
    sumEf = i64x2.add(sumEf, v128.and(own, isEf));
    countAb = i64x2.sub(countAb, isAb);
    countCd = i64x2.sub(countCd, isCd);
    countEf = i64x2.sub(countEf, isEf);
  }
  v128.store(sums, sumAb);
  v128.store(sums, sumCd, 16);
  v128.store(sums, sumEf, 32);
  v128.store(rows, countAb);
  v128.store(rows, countCd, 16);
  v128.store(rows, countEf, 32);
}

/** Two features of doubles; returns two. */
function sumTwo(plan: Plan, from: usize, to: usize, first: u32, features: u32): u32 {
  const firstColumn = columnOf(plan, first);
  const secondColumn = first + 1 < features ? columnOf(plan, first + 1) : <usize>plan.noColumn;
  let firstLeft = f64x2.splat(0);
  let secondLeft = f64x2.splat(0);
  let firstRows: u64 = 0;
  let secondRows: u64 = 0;
  for (let item = from; item < to; item += itemBytes<f64>()) {
    const row = <usize>load<u32>(item + rowAt<f64>());
    const own = v128.load(item);
    const a = <u64>load<u8>(firstColumn + row);
    const b = <u64>load<u8>(secondColumn + row);
    firstLeft = f64x2.add(firstLeft, v128.andnot(own, i64x2.splat(-a)));
    secondLeft = f64x2.add(secondLeft, v128.andnot(own, i64x2.splat(-b)));
    firstRows += a;
    secondRows += b;
  }
  const sums = <usize>plan.sideSums + ((<usize>first) << 4);
  v128.store(sums, firstLeft);
  v128.store(sums, secondLeft, 16);
  const rows = <usize>plan.rightRows + ((<usize>first) << 3);
  store<u64>(rows, firstRows);
  store<u64>(rows, secondRows, 8);
  return 2;
}

function columnOf(plan: Plan, asked: u32): usize {
  return <usize>plan.bins + <usize>load<u32>(wordAt(plan.twoValued, asked)) * plan.rows;
}
