// biome-ignore-all lint/suspicious/noGlobalIsNan: the only one that AssemblyScript has
/**
 * Exact path-dependent SHAP values of trees, leaf after leaf for all rows of a block. Which columns of a leaf's way a row
 * agrees with is a pattern of bits, found for sixteen rows at once by comparing bytes; what the columns of the leaf
 * contribute to a pattern is worked out once a block and looked up. The formula is that of `kernels/trees/tree-shap.ts`.
 *
 * The integral is a sum over Gauss-Legendre points, two at a time; products without one factor are made of those before and
 * behind it, so nothing is divided. The layout of an image is that of `kernels/trees/shap-image.ts`; addresses inside are
 * bytes from its start. Places, patterns and sums stand column after column, `stride` rows each, a multiple of 16.
 */
import { below } from './trees';

const slotCount: usize = 0;
const slotsAt: usize = 4;
const leafCount: usize = 8;
const leavesAt: usize = 12;
const rulesAt: usize = 16;
const slotBytes: usize = 16;
const slotKind: usize = 4;
const thresholdsAt: usize = 8;
const thresholdCount: usize = 12;
const levelsKind: u32 = 1;
/** The place of missing values and of levels that no training saw. */
const missing: u32 = 255;
const leafBytes: usize = 16;
const conditionsAt: usize = 4;
const leafValue: usize = 8;
// A condition has its slot in two bytes, its kind, the number of its tables, and where they are or first place and how many
// more; the share last.
const conditionBytes: usize = 16;
const conditionKind: usize = 2;
const tableCount: usize = 3;
const firstPlace: usize = 4;
const placeSpan: usize = 5;
const tablesAt: usize = 4;
const shareAt: usize = 8;
const orMissing: u32 = 1;
const inTables: u32 = 2;
const tableBytes: usize = 32;
/** Up to so many columns of a leaf, answers are kept by pattern. */
const mostKept: u32 = 10;
const mostAsked: usize = 16;
const ruleBytes: usize = 8;
const pairBytes: usize = 48;

/** The place of each value, a byte each. */
export function shapPlaces(image: usize, values: usize, rowCount: i32, stride: i32, places: usize): void {
  const slots = image + <usize>load<u32>(image, slotsAt);
  const slotsEnd = slots + <usize>load<u32>(image, slotCount) * slotBytes;
  for (
    let slot = slots;
    slot < slotsEnd;
    slot += slotBytes, places += <usize>stride, values += (<usize>stride) << 3
  ) {
    const isLevels = load<u32>(slot, slotKind) === levelsKind;
    const thresholds = image + <usize>load<u32>(slot, thresholdsAt);
    const count = load<u32>(slot, thresholdCount);
    for (let row: usize = 0; row < <usize>rowCount; row++) {
      const x = load<f64>(values + (row << 3));
      let place = missing;
      if (isLevels) {
        if (x >= 0 && x < <f64>missing) place = <u32>x;
      } else if (!isNaN(x)) place = below(x, thresholds, count);
      store<u8>(places + row, <u8>place);
    }
  }
}

/**
 * Adds to the sums, one column a slot, what each leaf contributes. `work`: 6 bytes a row of the stride for patterns, then
 * 2 kB for products and 82 kB for answers.
 */
export function shapAdd(
  image: usize,
  places: usize,
  rowCount: i32,
  stride: i32,
  sums: usize,
  work: usize,
): void {
  const offsets = work;
  const patterns = offsets + ((<usize>stride) << 2);
  const products = patterns + ((<usize>stride) << 1);
  const known = products + 2048;
  const answers = known + 1024;
  memory.fill(products, 0, 2048);
  let leaf = image + <usize>load<u32>(image, leavesAt);
  const end = leaf + <usize>load<u32>(image, leafCount) * leafBytes;
  for (; leaf < end; leaf += leafBytes) {
    const asked = load<u32>(leaf);
    const conditions = image + <usize>load<u32>(leaf, conditionsAt);
    const value = load<f64>(leaf, leafValue);
    const rule = image + <usize>load<u32>(image, rulesAt) + <usize>((asked + 1) >> 1) * ruleBytes;
    findPatterns(image, conditions, min(asked, 8), places, rowCount, stride, patterns);
    if (asked > 8)
      findPatterns(
        image,
        conditions + 8 * conditionBytes,
        asked - 8,
        places,
        rowCount,
        stride,
        patterns + <usize>stride,
      );
    if (asked > mostKept) {
      for (let row: usize = 0; row < <usize>rowCount; row++) {
        answer(
          image,
          rule,
          conditions,
          asked,
          patternOf(patterns, row, stride, asked),
          value,
          products,
          answers,
        );
        for (let k: usize = 0; k < <usize>asked; k++) {
          const to = columnOf(sums, conditions + k * conditionBytes, stride) + (row << 3);
          store<f64>(to, load<f64>(to) + load<f64>(answers + (k << 3)));
        }
      }
      continue;
    }
    const knownEnd = known + ((<usize>1) << (<usize>asked));
    for (let at = known; at < knownEnd; at += 16) v128.store(at, i8x16.splat(0));
    const answerBytes = (<usize>asked) << 3;
    for (let row: usize = 0; row < <usize>rowCount; row++) {
      const pattern = patternOf(patterns, row, stride, asked);
      const at = answers + <usize>pattern * answerBytes;
      store<u32>(offsets + (row << 2), <u32>at);
      if (load<u8>(known + <usize>pattern)) continue;
      store<u8>(known + <usize>pattern, 1);
      answer(image, rule, conditions, asked, pattern, value, products, at);
    }
    let k: usize = 0;
    for (; k + 4 <= <usize>asked; k += 4)
      addFour(offsets, rowCount, k << 3, sums, conditions + k * conditionBytes, stride);
    if (k + 2 <= <usize>asked) {
      addTwo(offsets, rowCount, k << 3, sums, conditions + k * conditionBytes, stride);
      k += 2;
    }
    if (k < <usize>asked) addOne(offsets, rowCount, k << 3, sums, conditions + k * conditionBytes, stride);
  }
}

/** A bit for each of up to eight conditions that a row meets. */
function findPatterns(
  image: usize,
  conditions: usize,
  count: u32,
  places: usize,
  rowCount: i32,
  stride: i32,
  patterns: usize,
): void {
  const end = conditions + <usize>count * conditionBytes;
  for (let row: usize = 0; row < <usize>rowCount; row += 16) {
    let found = i8x16.splat(0);
    let bit = i8x16.splat(1);
    for (let at = conditions; at < end; at += conditionBytes) {
      const place = v128.load(places + <usize>load<u16>(at) * <usize>stride + row);
      const kind = <u32>load<u8>(at, conditionKind);
      let meets: v128;
      if (kind === inTables) meets = lookUp(image, at, place);
      else {
        // Counted around from the first place, so an interval may hold the missing values behind or before it.
        const from = i8x16.sub(place, v128.load8_splat(at, firstPlace));
        meets = i8x16.le_u(from, v128.load8_splat(at, placeSpan));
        if (kind === orMissing) meets = v128.or(meets, i8x16.eq(place, i8x16.splat(-1)));
      }
      found = v128.or(found, v128.and(meets, bit));
      bit = i8x16.add(bit, bit);
    }
    v128.store(patterns + row, found);
  }
}

/** Any set of places by tables of sixteen each: what is outside of a table gives 0. */
function lookUp(image: usize, condition: usize, place: v128): v128 {
  let meets = i8x16.splat(0);
  let table = image + <usize>load<u32>(condition, tablesAt);
  const end = table + <usize>load<u8>(condition, tableCount) * tableBytes;
  for (; table < end; table += tableBytes)
    meets = v128.or(meets, i8x16.swizzle(v128.load(table), i8x16.sub(place, v128.load(table, 16))));
  return meets;
}

function patternOf(patterns: usize, row: usize, stride: i32, asked: u32): u32 {
  const low = <u32>load<u8>(patterns + row);
  return asked > 8 ? low | ((<u32>load<u8>(patterns + <usize>stride + row)) << 8) : low;
}

/** What each column of a leaf contributes to a pattern. Finds its totals at 0 and leaves them so. */
function answer(
  image: usize,
  rule: usize,
  conditions: usize,
  asked: u32,
  pattern: u32,
  value: f64,
  products: usize,
  to: usize,
): void {
  const factors = products;
  const before = factors + mostAsked * 16;
  const totals = before + mostAsked * 16;
  const end = (<usize>asked) << 4;
  let pair = image + <usize>load<u32>(rule);
  if (asked <= 4) {
    answerTwo(pair, conditions + shareAt, end, pattern, value, factors, before, to);
    return;
  }
  if (asked <= 8) {
    answerFour(pair, conditions + shareAt, end, pattern, value, factors, before, to);
    return;
  }
  const pairsEnd = pair + <usize>load<u32>(rule, 4) * pairBytes;
  for (; pair < pairsEnd; pair += pairBytes) {
    const point = v128.load(pair);
    const rest = v128.load(pair, 16);
    let product = v128.load(pair, 32);
    let condition = conditions + shareAt;
    for (let k: usize = 0, bits = pattern; k < end; k += 16, bits >>= 1, condition += conditionBytes) {
      const unknown = f64x2.mul(v128.load64_splat(condition), rest);
      const factor = f64x2.add(f64x2.mul(f64x2.splat(<f64>(bits & 1)), point), unknown);
      v128.store(factors + k, factor);
      v128.store(before + k, product);
      product = f64x2.mul(product, factor);
    }
    let behind = f64x2.splat(1);
    for (let k = end; k > 0; ) {
      k -= 16;
      v128.store(totals + k, f64x2.add(v128.load(totals + k), f64x2.mul(v128.load(before + k), behind)));
      behind = f64x2.mul(behind, v128.load(factors + k));
    }
  }
  let condition = conditions + shareAt;
  for (let k: usize = 0, bits = pattern; k < end; k += 16, bits >>= 1, condition += conditionBytes) {
    const integral = load<f64>(totals + k) + load<f64>(totals + k, 8);
    v128.store(totals + k, f64x2.splat(0));
    store<f64>(to + (k >> 1), integral * (value * (<f64>(bits & 1) - load<f64>(condition))));
  }
}

/** Up to four columns: two points are enough. */
function answerTwo(
  pair: usize,
  shares: usize,
  end: usize,
  pattern: u32,
  value: f64,
  factors: usize,
  before: usize,
  to: usize,
): void {
  const point = v128.load(pair);
  const rest = v128.load(pair, 16);
  let product = v128.load(pair, 32);
  let share = shares;
  for (let k: usize = 0, bits = pattern; k < end; k += 16, bits >>= 1, share += conditionBytes) {
    const known = f64x2.mul(f64x2.splat(<f64>(bits & 1)), point);
    const factor = f64x2.add(known, f64x2.mul(v128.load64_splat(share), rest));
    v128.store(factors + k, factor);
    v128.store(before + k, product);
    product = f64x2.mul(product, factor);
  }
  let behind = f64x2.splat(1);
  for (let k = end; k > 0; ) {
    k -= 16;
    share -= conditionBytes;
    const integral = f64x2.mul(v128.load(before + k), behind);
    behind = f64x2.mul(behind, v128.load(factors + k));
    store<f64>(to + (k >> 1), effect(integral, value, pattern >> <u32>(k >> 4), share));
  }
}

/** Up to eight columns: four points are enough. */
function answerFour(
  pair: usize,
  shares: usize,
  end: usize,
  pattern: u32,
  value: f64,
  factors: usize,
  before: usize,
  to: usize,
): void {
  const point = v128.load(pair);
  const rest = v128.load(pair, 16);
  let product = v128.load(pair, 32);
  const otherPoint = v128.load(pair, 48);
  const otherRest = v128.load(pair, 64);
  let otherProduct = v128.load(pair, 80);
  let share = shares;
  for (let k: usize = 0, bits = pattern; k < end; k += 16, bits >>= 1, share += conditionBytes) {
    const known = f64x2.splat(<f64>(bits & 1));
    const own = v128.load64_splat(share);
    const factor = f64x2.add(f64x2.mul(known, point), f64x2.mul(own, rest));
    const otherFactor = f64x2.add(f64x2.mul(known, otherPoint), f64x2.mul(own, otherRest));
    const at = k << 1;
    v128.store(factors + at, factor);
    v128.store(factors + at, otherFactor, 16);
    v128.store(before + at, product);
    v128.store(before + at, otherProduct, 16);
    product = f64x2.mul(product, factor);
    otherProduct = f64x2.mul(otherProduct, otherFactor);
  }
  let behind = f64x2.splat(1);
  let otherBehind = behind;
  for (let k = end; k > 0; ) {
    k -= 16;
    share -= conditionBytes;
    const at = k << 1;
    const part = f64x2.mul(v128.load(before + at), behind);
    const integral = f64x2.add(part, f64x2.mul(v128.load(before + at, 16), otherBehind));
    behind = f64x2.mul(behind, v128.load(factors + at));
    otherBehind = f64x2.mul(otherBehind, v128.load(factors + at, 16));
    store<f64>(to + (k >> 1), effect(integral, value, pattern >> <u32>(k >> 4), share));
  }
}

/** The integral of a column's two lanes, times what knowing the column changes. */
function effect(integral: v128, value: f64, bits: u32, share: usize): f64 {
  const sum = f64x2.extract_lane(integral, 0) + f64x2.extract_lane(integral, 1);
  return sum * (value * (<f64>(bits & 1) - load<f64>(share)));
}

function columnOf(sums: usize, condition: usize, stride: i32): usize {
  return sums + ((<usize>load<u16>(condition) * <usize>stride) << 3);
}

function addFour(
  offsets: usize,
  rowCount: i32,
  first: usize,
  sums: usize,
  condition: usize,
  stride: i32,
): void {
  const a = columnOf(sums, condition, stride);
  const b = columnOf(sums, condition + conditionBytes, stride);
  const c = columnOf(sums, condition + 2 * conditionBytes, stride);
  const d = columnOf(sums, condition + 3 * conditionBytes, stride);
  for (let row: usize = 0; row < <usize>rowCount; row++) {
    const from = <usize>load<u32>(offsets + (row << 2)) + first;
    const at = row << 3;
    store<f64>(a + at, load<f64>(a + at) + load<f64>(from));
    store<f64>(b + at, load<f64>(b + at) + load<f64>(from, 8));
    store<f64>(c + at, load<f64>(c + at) + load<f64>(from, 16));
    store<f64>(d + at, load<f64>(d + at) + load<f64>(from, 24));
  }
}

function addTwo(
  offsets: usize,
  rowCount: i32,
  first: usize,
  sums: usize,
  condition: usize,
  stride: i32,
): void {
  const a = columnOf(sums, condition, stride);
  const b = columnOf(sums, condition + conditionBytes, stride);
  for (let row: usize = 0; row < <usize>rowCount; row++) {
    const from = <usize>load<u32>(offsets + (row << 2)) + first;
    const at = row << 3;
    store<f64>(a + at, load<f64>(a + at) + load<f64>(from));
    store<f64>(b + at, load<f64>(b + at) + load<f64>(from, 8));
  }
}

function addOne(
  offsets: usize,
  rowCount: i32,
  first: usize,
  sums: usize,
  condition: usize,
  stride: i32,
): void {
  const a = columnOf(sums, condition, stride);
  for (let row: usize = 0; row < <usize>rowCount; row++) {
    const from = <usize>load<u32>(offsets + (row << 2)) + first;
    const at = row << 3;
    store<f64>(a + at, load<f64>(a + at) + load<f64>(from));
  }
}
