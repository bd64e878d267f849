/** The rows of boosting: binned, packed into records, moved to their side of a cut, and taken a tree further. */
import {
  countShift,
  planBendSteps,
  planRecordBytes,
  planRecords,
  planSlopeSteps,
  planWeights,
  recordSum,
  recordTag,
} from './boosting-memory';
import { expOfNegativeDouble } from './double-lanes';

/** Adding it rounds a number below 2^51 to a whole one, which then stands in the low bits. */
const rounder: f64 = 6755399441055744;

/** Fills records with the codes of their rows: `columns` has a byte a row, `rowsOfTable` of them a bundle. */
export function boostingPack(
  plan: usize,
  columns: usize,
  rowsOfTable: i32,
  bundles: i32,
  rows: usize,
  labels: usize,
  count: i32,
  base: f64,
): void {
  const recordBytes = <usize>load<u32>(plan, planRecordBytes);
  let record = <usize>load<u32>(plan, planRecords);
  for (let i = 0; i < count; i++, record += recordBytes) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2));
    store<f64>(record, base, recordSum);
    store<u32>(record, ((<u32>i) << 1) | <u32>load<u8>(labels + row), recordTag);
    let from = columns + row;
    const codes = record + recordTag + 4;
    for (let b = 0; b < bundles; b++, from += <usize>rowsOfTable) store<u8>(codes + <usize>b, load<u8>(from));
  }
}

/** Moves the records whose code at `place` the table sends left before the others; returns where the others begin. */
export function partition(plan: usize, from: usize, end: usize, place: usize, isLeft: usize): usize {
  return bringForward<u8>(load<u32>(plan, planRecordBytes), from, end, place, isLeft);
}

/** Brings the records of drawn rows to the front; `drawn` has a byte a row. Returns how many they are. */
export function boostingDraw(plan: usize, count: i32, drawn: usize): i32 {
  const bytes = <usize>load<u32>(plan, planRecordBytes);
  const records = <usize>load<u32>(plan, planRecords);
  const end = bringForward<u32>(bytes, records, records + <usize>count * bytes, recordTag, drawn);
  return <i32>((end - records) / bytes);
}

/**
 * Brings those records to the front for which the table has a 1, at their code or (u32) at the row of their tag; returns where the
 * others begin. Each changes places with the first of the others so far, and only its way decides whether that stays one: no
 * branch to guess, and no room beside the records. Their order is nobody's concern.
 */
function bringForward<T>(bytes: usize, from: usize, end: usize, place: usize, table: usize): usize {
  let left = from;
  if (bytes === 48) {
    for (let at = from; at < end; at += 48) {
      const goes = goesForward<T>(at + place, table) * 48;
      change48(at, left);
      left += goes;
    }
  } else if (bytes === 64) {
    for (let at = from; at < end; at += 64) {
      const goes = goesForward<T>(at + place, table) << 6;
      change48(at, left);
      change16(at + 48, left + 48);
      left += goes;
    }
  } else {
    for (let at = from; at < end; at += bytes) {
      const goes = goesForward<T>(at + place, table) * bytes;
      for (let i: usize = 0; i < bytes; i += 16) change16(at + i, left + i);
      left += goes;
    }
  }
  return left;
}

function goesForward<T>(at: usize, table: usize): usize {
  return <usize>load<u8>(table + (sizeof<T>() === 1 ? <usize>load<u8>(at) : <usize>(load<u32>(at) >> 1)));
}

function change16(a: usize, b: usize): void {
  const first = v128.load(a);
  v128.store(a, v128.load(b));
  v128.store(b, first);
}

function change48(a: usize, b: usize): void {
  change16(a, b);
  change16(a + 16, b + 16);
  change16(a + 32, b + 32);
}

/** Adds a number to the sums of records, and finds the slope and the bend of their log loss there. */
export function addToRecords(plan: usize, from: usize, end: usize, value: f64): void {
  const bytes = <usize>load<u32>(plan, planRecordBytes);
  const weights = <usize>load<u32>(plan, planWeights);
  const slopeSteps = f64x2.splat(load<f64>(plan, planSlopeSteps));
  const bendSteps = f64x2.splat(load<f64>(plan, planBendSteps));
  const added = f64x2.splat(value);
  const one = f64x2.splat(1);
  const round = f64x2.splat(rounder);
  const counted = i64x2.sub(i64x2.splat((<i64>1) << countShift), round);
  for (let at = from; at < end; at += 2 * bytes) {
    // A last row without a neighbour is its own.
    const next = at + bytes < end ? at + bytes : at;
    const sums = f64x2.add(f64x2(load<f64>(at, recordSum), load<f64>(next, recordSum)), added);
    const tag = load<u32>(at, recordTag);
    const nextTag = load<u32>(next, recordTag);
    const e = expOfNegativeDouble(f64x2.neg(f64x2.abs(sums)));
    const isUp = f64x2.ge(sums, f64x2.splat(0));
    const p = f64x2.div(v128.bitselect(one, e, isUp), f64x2.add(one, e));
    let slope = f64x2.sub(p, f64x2(<f64>(tag & 1), <f64>(nextTag & 1)));
    let bend = p;
    if (weights) {
      const weight = f64x2(
        load<f64>(weights + ((<usize>(tag >> 1)) << 3)),
        load<f64>(weights + ((<usize>(nextTag >> 1)) << 3)),
      );
      slope = f64x2.mul(weight, slope);
      bend = f64x2.mul(weight, bend);
    }
    bend = f64x2.mul(bend, f64x2.sub(one, p));
    const slopes = i64x2.sub(f64x2.add(f64x2.mul(slope, slopeSteps), round), round);
    const bends = i64x2.add(f64x2.add(f64x2.mul(bend, bendSteps), round), counted);
    v128.store(at, i8x16.shuffle(slopes, bends, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));
    v128.store(
      next,
      i8x16.shuffle(slopes, bends, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31),
    );
    store<f64>(at, f64x2.extract_lane(sums, 0), recordSum);
    store<f64>(next, f64x2.extract_lane(sums, 1), recordSum);
  }
}

/** The sum of each row, in the order of the list of rows. */
export function boostingSums(plan: usize, count: i32, sums: usize): void {
  const bytes = <usize>load<u32>(plan, planRecordBytes);
  let at = <usize>load<u32>(plan, planRecords);
  for (let i = 0; i < count; i++, at += bytes)
    store<f64>(sums + ((<usize>(load<u32>(at, recordTag) >> 1)) << 3), load<f64>(at, recordSum));
}
