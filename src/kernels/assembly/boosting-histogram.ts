/** How much slope and bend and how many rows have each code and fall into each bin: whole numbers, so in any order the same. */
import {
  askedCodes,
  askedFirst,
  askedLength,
  askedRound,
  askedStride,
  binBytes,
  binShift,
  bundleBytes,
  bundleFirst,
  bundleLength,
  nodeHistogram,
  planBins,
  planBundles,
  planBundlesEnd,
  planRecordBytes,
} from './boosting-memory';

/** Records that stay in the nearest cache while all bundles pass over them. */
const blockBytes: usize = 16_384;

/** Adds records to the codes of all bundles counted. */
export function countRecords(plan: usize, from: usize, end: usize, histogram: usize): void {
  const recordBytes = <usize>load<u32>(plan, planRecordBytes);
  const bundles = <usize>load<u32>(plan, planBundles);
  const bundlesEnd = <usize>load<u32>(plan, planBundlesEnd);
  const step = (blockBytes / recordBytes) * recordBytes + recordBytes;
  for (let block = from; block < end; block += step) {
    const blockEnd = min(block + step, end);
    let b = bundles;
    for (; b + 3 * bundleBytes < bundlesEnd; b += 4 * bundleBytes)
      countFour(block, blockEnd, recordBytes, b, histogram);
    for (; b < bundlesEnd; b += bundleBytes) countOne(plan, block, blockEnd, recordBytes, b, histogram);
  }
}

function countFour(from: usize, end: usize, recordBytes: usize, b: usize, histogram: usize): void {
  const place0 = <usize>load<u32>(b);
  const place1 = <usize>load<u32>(b + bundleBytes);
  const place2 = <usize>load<u32>(b + 2 * bundleBytes);
  const place3 = <usize>load<u32>(b + 3 * bundleBytes);
  const bins0 = histogram + <usize>load<u32>(b, bundleFirst);
  const bins1 = histogram + <usize>load<u32>(b + bundleBytes, bundleFirst);
  const bins2 = histogram + <usize>load<u32>(b + 2 * bundleBytes, bundleFirst);
  const bins3 = histogram + <usize>load<u32>(b + 3 * bundleBytes, bundleFirst);
  for (let at = from; at < end; at += recordBytes) {
    const own = v128.load(at);
    add(bins0 + ((<usize>load<u8>(at + place0)) << binShift), own);
    add(bins1 + ((<usize>load<u8>(at + place1)) << binShift), own);
    add(bins2 + ((<usize>load<u8>(at + place2)) << binShift), own);
    add(bins3 + ((<usize>load<u8>(at + place3)) << binShift), own);
  }
}

/** Rows by turns in two places: a row of the code of the one before would wait for its sum. */
function countOne(
  plan: usize,
  from: usize,
  end: usize,
  recordBytes: usize,
  b: usize,
  histogram: usize,
): void {
  const place = <usize>load<u32>(b);
  const codes = histogram + <usize>load<u32>(b, bundleFirst);
  const others = <usize>load<u32>(plan, planBins);
  const length = <usize>load<u32>(b, bundleLength);
  memory.fill(others, 0, length);
  let at = from;
  for (; at + recordBytes < end; at += 2 * recordBytes) {
    const next = at + recordBytes;
    add(codes + ((<usize>load<u8>(at + place)) << binShift), v128.load(at));
    add(others + ((<usize>load<u8>(next + place)) << binShift), v128.load(next));
  }
  if (at < end) add(codes + ((<usize>load<u8>(at + place)) << binShift), v128.load(at));
  for (let bin: usize = 0; bin < length; bin += binBytes) add(codes + bin, v128.load(others + bin));
}

function add(bin: usize, own: v128): void {
  v128.store(bin, i64x2.add(v128.load(bin), own));
}

/** Turns the codes of a parent into those of the other child. */
export function subtractCodes(plan: usize, parent: usize, child: usize): void {
  const bundlesEnd = <usize>load<u32>(plan, planBundlesEnd);
  for (let b = <usize>load<u32>(plan, planBundles); b < bundlesEnd; b += bundleBytes) {
    const from = <usize>load<u32>(b, bundleFirst);
    const end = from + <usize>load<u32>(b, bundleLength);
    for (let at = from; at < end; at += binBytes)
      v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)));
  }
}

export function clearCodes(plan: usize, histogram: usize): void {
  const bundlesEnd = <usize>load<u32>(plan, planBundlesEnd);
  for (let b = <usize>load<u32>(plan, planBundles); b < bundlesEnd; b += bundleBytes)
    memory.fill(histogram + <usize>load<u32>(b, bundleFirst), 0, <usize>load<u32>(b, bundleLength));
}

/** Where the bins of a feature stand for a node, until it is asked for those of another: summed up from codes where it isn't alone. */
export function binsOf(plan: usize, node: usize, f: usize): usize {
  const codes = <usize>load<u32>(node, nodeHistogram) + <usize>load<u32>(f, askedFirst);
  const length = <usize>load<u32>(f, askedLength);
  const end = codes + <usize>load<u32>(f, askedCodes);
  const stride = <usize>load<u32>(f, askedStride);
  // Alone, or with columns of one value behind it, which add nothing to its code.
  if (stride === binBytes && end - codes === length) return codes;
  const bins = <usize>load<u32>(plan, planBins);
  const round = <usize>load<u32>(f, askedRound);
  memory.fill(bins, 0, length);
  for (let from = codes; from < end; from += round) {
    let bin = bins;
    for (let first = from; first < from + round; first += stride, bin += binBytes) {
      let sums = v128.load(bin);
      for (let at = first; at < first + stride; at += binBytes) sums = i64x2.add(sums, v128.load(at));
      v128.store(bin, sums);
    }
  }
  return bins;
}
