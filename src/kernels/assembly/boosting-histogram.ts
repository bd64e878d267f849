/** How much slope and bend and how many rows fall into each bin: whole numbers, so in any order the same. */
import { askedBytes, askedFirst, askedLength, binShift } from './boosting-memory';

/** Records that stay in the nearest cache while all features pass over them. */
const blockBytes: usize = 16_384;

/** Adds records to the bins of the features asked for. */
export function countRecords(
  from: usize,
  end: usize,
  recordBytes: usize,
  asked: usize,
  askedEnd: usize,
  histogram: usize,
): void {
  const step = (blockBytes / recordBytes) * recordBytes + recordBytes;
  for (let block = from; block < end; block += step) {
    const blockEnd = min(block + step, end);
    let f = asked;
    for (; f + 3 * askedBytes < askedEnd; f += 4 * askedBytes)
      countFour(block, blockEnd, recordBytes, f, histogram);
    for (; f < askedEnd; f += askedBytes) countOne(block, blockEnd, recordBytes, f, histogram);
  }
}

function countFour(from: usize, end: usize, recordBytes: usize, f: usize, histogram: usize): void {
  const place0 = <usize>load<u32>(f);
  const place1 = <usize>load<u32>(f + askedBytes);
  const place2 = <usize>load<u32>(f + 2 * askedBytes);
  const place3 = <usize>load<u32>(f + 3 * askedBytes);
  const bins0 = histogram + <usize>load<u32>(f, askedFirst);
  const bins1 = histogram + <usize>load<u32>(f + askedBytes, askedFirst);
  const bins2 = histogram + <usize>load<u32>(f + 2 * askedBytes, askedFirst);
  const bins3 = histogram + <usize>load<u32>(f + 3 * askedBytes, askedFirst);
  for (let at = from; at < end; at += recordBytes) {
    const own = v128.load(at);
    add(bins0 + ((<usize>load<u8>(at + place0)) << binShift), own);
    add(bins1 + ((<usize>load<u8>(at + place1)) << binShift), own);
    add(bins2 + ((<usize>load<u8>(at + place2)) << binShift), own);
    add(bins3 + ((<usize>load<u8>(at + place3)) << binShift), own);
  }
}

function countOne(from: usize, end: usize, recordBytes: usize, f: usize, histogram: usize): void {
  const place = <usize>load<u32>(f);
  const bins = histogram + <usize>load<u32>(f, askedFirst);
  for (let at = from; at < end; at += recordBytes)
    add(bins + ((<usize>load<u8>(at + place)) << binShift), v128.load(at));
}

function add(bin: usize, own: v128): void {
  v128.store(bin, i64x2.add(v128.load(bin), own));
}

/** Turns the bins of a parent into those of the other child. */
export function subtractBins(asked: usize, askedEnd: usize, parent: usize, child: usize): void {
  for (let f = asked; f < askedEnd; f += askedBytes) {
    const from = <usize>load<u32>(f, askedFirst);
    const end = from + <usize>load<u32>(f, askedLength);
    for (let at = from; at < end; at += 16)
      v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)));
  }
}

export function clearBins(asked: usize, askedEnd: usize, histogram: usize): void {
  for (let f = asked; f < askedEnd; f += askedBytes)
    memory.fill(histogram + <usize>load<u32>(f, askedFirst), 0, <usize>load<u32>(f, askedLength));
}
