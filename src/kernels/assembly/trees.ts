// biome-ignore-all lint/suspicious/noGlobalIsNan: the only one that AssemblyScript has
/**
 * Sums of many trees without a walk. Each tree has a bit a leaf, from left to right; a question that sends a row right rules
 * out the leaves on its left, and the lowest bit that is left is the leaf of the row. For each column and each place that a
 * value may take between the thresholds, the bits that all questions of that column leave standing are made ready, for a
 * block of trees side by side in 64 bytes: a row is then one AND of four vectors for each column of a block.
 *
 * Sums are added tree after tree in double precision, each the same bits as of its twin `kernels/trees/plain-sums.ts`.
 * The layout of an image is that of `kernels/trees/bits-image.ts`; addresses inside are bytes from its start.
 * Source: Lucchese et al. 2015, "QuickScorer"; places by column as in Ye et al. 2018, "RapidScorer".
 */

// Words of the head, of a slot and of a block, as byte offsets.
const slotCount: usize = 0;
const slotsAt: usize = 4;
const blockCount: usize = 8;
const blocksAt: usize = 12;
const slotBytes: usize = 16;
const slotKind: usize = 4;
const thresholdsAt: usize = 8;
const thresholdCount: usize = 12;
const blockBytes: usize = 32;
const laneBytes: usize = 4;
const askedCount: usize = 8;
const askedAt: usize = 12;
const valuesAt: usize = 16;
const askedBytes: usize = 8;
const placesAt: usize = 4;
// What a slot holds: places of a number with missing values behind them or before them; of a category a level each, then
// that of missing values.
const missingLast: u32 = 0;
const levels: u32 = 1;
const missingLevel: u32 = 256;

/** For each row the place of each slot's value, in bytes of a word: how many thresholds are below it. */
export function treesPlaces(image: usize, rows: usize, rowCount: i32, columns: i32, places: usize): void {
  const slots = image + <usize>load<u32>(image, slotsAt);
  const slotsEnd = slots + <usize>load<u32>(image, slotCount) * slotBytes;
  for (let row = 0; row < rowCount; row++, rows += (<usize>columns) << 3) {
    for (let slot = slots; slot < slotsEnd; slot += slotBytes, places += 4) {
      const x = load<f64>(rows + <usize>load<u32>(slot));
      const kind = load<u32>(slot, slotKind);
      if (kind === levels) {
        // A level that no training saw is missing.
        store<u32>(places, (x >= 0 && x < <f64>missingLevel ? <u32>x : missingLevel) << 2);
        continue;
      }
      const count = load<u32>(slot, thresholdCount);
      const place = below(x, image + <usize>load<u32>(slot, thresholdsAt), count);
      if (kind === missingLast) store<u32>(places, (isNaN(x) ? count + 1 : place) << 2);
      else store<u32>(places, (isNaN(x) ? 0 : place + 1) << 2);
    }
  }
}

/** How many of the ascending thresholds are below x; no branch that depends on x. */
export function below(x: f64, thresholds: usize, count: u32): u32 {
  let from = thresholds;
  let length = count;
  while (length > 1) {
    const half = length >> 1;
    const middle = from + ((<usize>half) << 3);
    from = select<usize>(middle, from, load<f64>(middle - 8) < x);
    length -= half;
  }
  return (<u32>(from - thresholds) >> 3) + u32(load<f64>(from) < x);
}

/** Adds to the sums of the rows the values of the leaves that they reach. `lanes`: 64 bytes to work in. */
export function treesAdd(image: usize, places: usize, rowCount: i32, sums: usize, lanes: usize): void {
  const rowBytes = (<usize>load<u32>(image, slotCount)) << 2;
  let block = image + <usize>load<u32>(image, blocksAt);
  const blocksEnd = block + <usize>load<u32>(image, blockCount) * blockBytes;
  for (; block < blocksEnd; block += blockBytes) {
    const trees = load<u32>(block);
    const width = load<u32>(block, laneBytes);
    const asked = image + <usize>load<u32>(block, askedAt);
    const askedEnd = asked + <usize>load<u32>(block, askedCount) * askedBytes;
    const values = image + <usize>load<u32>(block, valuesAt);
    for (let row = 0, own = places; row < rowCount; row++, own += rowBytes) {
      let a = i64x2.splat(-1);
      let b = a;
      let c = a;
      let d = a;
      for (let at = asked; at < askedEnd; at += askedBytes) {
        const place = <usize>load<u32>(own + <usize>load<u32>(at));
        const left = image + <usize>load<u32>(image + <usize>load<u32>(at, placesAt) + place);
        a = v128.and(a, v128.load(left));
        b = v128.and(b, v128.load(left, 16));
        c = v128.and(c, v128.load(left, 32));
        d = v128.and(d, v128.load(left, 48));
      }
      v128.store(lanes, a);
      v128.store(lanes, b, 16);
      v128.store(lanes, c, 32);
      v128.store(lanes, d, 48);
      const to = sums + ((<usize>row) << 3);
      const sum = load<f64>(to);
      if (width === 4) store<f64>(to, addWords(sum, lanes, values, trees));
      else if (width < 4) store<f64>(to, addShort(sum, lanes, values, trees, width));
      else store<f64>(to, addLong(sum, lanes, values, trees));
    }
  }
}

/** Trees of up to 32 leaves. */
function addWords(sum: f64, lanes: usize, values: usize, trees: u32): f64 {
  const end = lanes + ((<usize>trees) << 2);
  for (; lanes < end; lanes += 4, values += 256)
    sum += load<f64>(values + ((<usize>ctz<u32>(load<u32>(lanes))) << 3));
  return sum;
}

/** Trees of up to 8 or 16 leaves. */
function addShort(sum: f64, lanes: usize, values: usize, trees: u32, width: u32): f64 {
  const end = lanes + <usize>(trees * width);
  const stride = (<usize>width) << 6;
  for (; lanes < end; lanes += <usize>width, values += stride) {
    const bits = width === 1 ? <u32>load<u8>(lanes) : <u32>load<u16>(lanes);
    sum += load<f64>(values + ((<usize>ctz<u32>(bits)) << 3));
  }
  return sum;
}

/** Trees of up to 64 leaves. */
function addLong(sum: f64, lanes: usize, values: usize, trees: u32): f64 {
  const end = lanes + ((<usize>trees) << 3);
  for (; lanes < end; lanes += 8, values += 512)
    sum += load<f64>(values + ((<usize>ctz<u64>(load<u64>(lanes))) << 3));
  return sum;
}
