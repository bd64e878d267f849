/**
 * Products of a listed f32 matrix (`nonzero-lists.ts`) and a row-major one whose rows are a multiple of 8 numbers: for each list the sum
 * of its numbers times the rows at their offsets.
 */
import { addProduct } from './lanes';
import { endsOf, firstOf, offsetsBehind } from './nonzero-lists';

/** to (lists x row) = the sums; `row` in bytes. 32 columns after the other, which stay in registers over a list. */
export function sumLists(lists: usize, count: i32, stride: usize, from: usize, row: usize, to: usize): void {
  const last = from + row;
  for (; from + 128 <= last; from += 128, to += 128) sumThirtyTwo(lists, count, stride, from, row, to);
  for (; from < last; from += 32, to += 32) sumEight(lists, count, stride, from, row, to);
}

function sumThirtyTwo(lists: usize, count: i32, stride: usize, from: usize, row: usize, to: usize): void {
  const behind = offsetsBehind(lists);
  let next = endsOf(lists);
  let first = firstOf(lists);
  for (let i = 0; i < count; i++, next += 4, first += stride, to += row) {
    const end = load<usize>(next);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let at = first; at < end; at += 4) {
      const x = v128.load32_splat(at);
      const own = from + load<usize>(at + behind);
      s0 = addProduct(s0, x, v128.load(own));
      s1 = addProduct(s1, x, v128.load(own, 16));
      s2 = addProduct(s2, x, v128.load(own, 32));
      s3 = addProduct(s3, x, v128.load(own, 48));
      s4 = addProduct(s4, x, v128.load(own, 64));
      s5 = addProduct(s5, x, v128.load(own, 80));
      s6 = addProduct(s6, x, v128.load(own, 96));
      s7 = addProduct(s7, x, v128.load(own, 112));
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    v128.store(to, s4, 64);
    v128.store(to, s5, 80);
    v128.store(to, s6, 96);
    v128.store(to, s7, 112);
  }
}

function sumEight(lists: usize, count: i32, stride: usize, from: usize, row: usize, to: usize): void {
  const behind = offsetsBehind(lists);
  let next = endsOf(lists);
  let first = firstOf(lists);
  for (let i = 0; i < count; i++, next += 4, first += stride, to += row) {
    const end = load<usize>(next);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    for (let at = first; at < end; at += 4) {
      const x = v128.load32_splat(at);
      const own = from + load<usize>(at + behind);
      s0 = addProduct(s0, x, v128.load(own));
      s1 = addProduct(s1, x, v128.load(own, 16));
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
  }
}
