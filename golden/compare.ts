/** Reads the answers of outside authorities and compares ours with them, within a tolerance that states its reason. */
import { AssertionError } from 'node:assert';
import { readFileSync } from 'node:fs';

/** The parsed `golden/<name>.json`; missing numbers (NaN) stand in it as null. */
export function readGolden<Shape = unknown>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Shape;
}

export interface Tolerance {
  /** Largest difference allowed, in the unit of the numbers. */
  readonly absolute?: number;
  /** Largest difference allowed, as a share of the expected number's size. */
  readonly relative?: number;
  /** Why the numbers need not be equal. */
  readonly reason: string;
}

export type Numbers = number | null | { readonly length: number; readonly [index: number]: Numbers };

/**
 * Fails unless every number is within `absolute` or within `relative` times the expected size.
 * NaN is close to NaN and to null only, an infinity to itself; lists must have equal lengths. Neither limit given: equal.
 */
export function assertClose(actual: Numbers, expected: Numbers, tolerance: Tolerance): void {
  compareAt('', actual, expected, tolerance);
}

function compareAt(place: string, actual: Numbers, expected: Numbers, tolerance: Tolerance): void {
  if (isList(actual) && isList(expected)) {
    if (actual.length !== expected.length)
      fail(`${where(place)} has length ${actual.length}, expected ${expected.length}`, actual, expected);
    for (let i = 0; i < expected.length; i++)
      compareAt(`${place}[${i}]`, actual[i]!, expected[i]!, tolerance);
    return;
  }
  if (isList(actual) || isList(expected))
    fail(`${where(place)}: a list and a number can't be compared`, actual, expected);
  const got = actual ?? Number.NaN;
  const wanted = expected ?? Number.NaN;
  if (typeof got !== 'number' || typeof wanted !== 'number')
    fail(`${where(place)}: only numbers, null and lists of them can be compared`, actual, expected);
  if (got === wanted || (Number.isNaN(got) && Number.isNaN(wanted))) return;
  const difference = Math.abs(got - wanted);
  const allowed = Math.max(tolerance.absolute ?? 0, (tolerance.relative ?? 0) * Math.abs(wanted));
  // An infinite expected number would allow an infinite difference; it was compared for equality above.
  if (Number.isFinite(wanted) && difference <= allowed) return;
  fail(
    `${where(place)} is ${got}, expected ${wanted}: off by ${difference}, allowed ${allowed} (${tolerance.reason})`,
    got,
    wanted,
  );
}

function isList(value: Numbers): value is Exclude<Numbers, number | null> {
  return typeof value === 'object' && value !== null && 'length' in value;
}

const where = (place: string): string => (place === '' ? 'the number' : `the number at ${place}`);

function fail(message: string, actual: unknown, expected: unknown): never {
  throw new AssertionError({ message, actual, expected, operator: 'assertClose' });
}
