/** The random draws of a tree: twin of `kernels/draws.ts`. */

let a: u32 = 0;
let b: u32 = 0;
let c: u32 = 0;
let counter: u32 = 0;

/** Draws go on from four words. */
export function drawSeed(first: u32, second: u32, third: u32, fourth: u32): void {
  a = first;
  b = second;
  c = third;
  counter = fourth;
}

/** A whole number in [0, bound): sfc32. */
export function drawBelow(bound: u32): u32 {
  return <u32>((<u64>drawWord() * bound) >> 32);
}

function drawWord(): u32 {
  const result = a + b + counter;
  counter++;
  a = b ^ (b >> 9);
  b = c + (c << 3);
  c = rotl(c, 21) + result;
  return result;
}

/** Puts a 1 for each of `wanted` places drawn of `count`, else a 0. */
export function drawShare(count: u32, wanted: u32, to: usize): void {
  for (let place: u32 = 0; place < count; place++) {
    const isDrawn = <u32>(<u64>drawWord() * (count - place) < (<u64>wanted) << 32);
    store<u8>(to + place, <u8>isDrawn);
    wanted -= isDrawn;
  }
}
