import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../golden/compare.ts';
import { sha256 } from '../base/hash.ts';
import { createRandom } from '../base/random.ts';
import { exp, expm1, log, log1p, log1pMinus, pow } from './exp-log.ts';

interface Case {
  x: number[];
  expected: number[];
}
const { elementary } = readGolden<{
  elementary: {
    exp: Case;
    log: Case;
    log1p: Case;
    log1pMinus: Case;
    expm1: Case;
    pow: Case & { y: number[] };
  };
}>('math');

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** How many doubles lie between two numbers of one sign; -0 and 0 are the same place. */
function ulpsApart(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  if (!(a * b >= 0) || !Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  float[0] = Math.abs(a);
  const place = bits[0]!;
  float[0] = Math.abs(b);
  return Number(place > bits[0]! ? place - bits[0]! : bits[0]! - place);
}

function within(ulps: number, actual: number, expected: number, about: string): void {
  if (ulpsApart(actual, expected) > ulps)
    assert.fail(`${about} gave ${actual}, expected ${expected} within ${ulps} ulp`);
}

for (const [name, ours, cases, ulps] of [
  ['exp', exp, elementary.exp, 1],
  ['log', log, elementary.log, 1],
  ['log1p', log1p, elementary.log1p, 2],
  ['log1pMinus', log1pMinus, elementary.log1pMinus, 6],
  ['expm1', expm1, elementary.expm1, 3],
] as const) {
  test(`${name}: within ${ulps} ulp of correctly rounded answers`, () => {
    cases.x.forEach((x, i) => {
      within(ulps, ours(x), cases.expected[i]!, `${name}(${x})`);
    });
  });
}

test('pow: within 2 ulp of correctly rounded answers', () => {
  const { x, y, expected } = elementary.pow;
  x.forEach((base, i) => {
    within(2, pow(base, y[i]!), expected[i]!, `pow(${base}, ${y[i]})`);
  });
});

test('exp and log: within 2 ulp of the built-in ones on 200,000 random arguments', () => {
  const random = createRandom(11);
  for (let i = 0; i < 100_000; i++) {
    const x = (random.uniform() - 0.5) * (i % 2 === 0 ? 1490 : 4);
    within(2, exp(x), Math.exp(x), `exp(${x})`);
    const y = i % 2 === 0 ? Math.exp((random.uniform() - 0.5) * 1480) : 0.5 + random.uniform();
    within(2, log(y), Math.log(y), `log(${y})`);
  }
});

test('exp: zero, infinities, NaN and both ends of the range', () => {
  assert.equal(exp(0), 1);
  assert.equal(exp(-0), 1);
  assert.equal(exp(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(exp(Number.NEGATIVE_INFINITY), 0);
  assert.equal(exp(Number.NaN), Number.NaN);
  assert.ok(Number.isFinite(exp(709.782712893384)));
  assert.equal(exp(709.7827128933841), Number.POSITIVE_INFINITY);
  assert.equal(exp(-745.1332191019411), Number.MIN_VALUE);
  assert.equal(exp(-745.1332191019413), 0);
});

test('log: zero, one, negatives, infinities, NaN and the smallest number', () => {
  assert.equal(log(0), Number.NEGATIVE_INFINITY);
  assert.equal(log(-0), Number.NEGATIVE_INFINITY);
  assert.equal(log(1), 0);
  assert.equal(log(-1), Number.NaN);
  assert.equal(log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(log(Number.NaN), Number.NaN);
  assert.equal(log(Number.MIN_VALUE), -744.4400719213812);
});

test('log1p and expm1: signed zero, tiny numbers, ends of the range and NaN', () => {
  for (const tiny of [0, -0, 1e-300, -1e-300]) {
    assert.ok(Object.is(log1p(tiny), tiny));
    assert.ok(Object.is(expm1(tiny), tiny));
  }
  assert.equal(log1p(-1), Number.NEGATIVE_INFINITY);
  assert.equal(log1p(-1.5), Number.NaN);
  assert.equal(log1p(Number.NaN), Number.NaN);
  assert.equal(log1p(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(expm1(Number.NEGATIVE_INFINITY), -1);
  assert.equal(expm1(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  assert.equal(expm1(Number.NaN), Number.NaN);
});

test('pow: special values are those of Math.pow', () => {
  const special = [
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    ...[-0, 0, -1, 1, -2, 2, -3, 3, 0.5, -0.5, 1e300, -1e300, Number.MAX_SAFE_INTEGER, -1e-300, 1e-300],
  ];
  for (const x of special)
    for (const y of special) {
      const expected = x ** y;
      within(2, pow(x, y), expected, `pow(${x}, ${y})`);
      assert.equal(Object.is(pow(x, y), -0), Object.is(expected, -0), `sign of pow(${x}, ${y})`);
    }
});

test('for any x above 0: exp(log(x)) comes back to x', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      // An error of half an ulp in ln x, at most 691, is a relative error of 691 * 2^-53 in x.
      assert.ok(Math.abs(exp(log(x)) - x) <= x * 1e-13);
    }),
  );
});

test('for any two numbers in order: exp and log keep the order, but for their last digit', () => {
  const anyNumber = fc.double({ min: -745, max: 709, noNaN: true });
  fc.assert(
    fc.property(anyNumber, anyNumber, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      assert.ok(exp(low) <= exp(high) * (1 + Number.EPSILON));
      if (low > 0) assert.ok(log(low) - log(high) <= Number.EPSILON * Math.abs(log(high)));
    }),
  );
});

test('exp, log, log1p and pow: the same bits as when saved models were first written', () => {
  const results = new Float64Array(4 * 4000);
  for (let i = 0; i < 4000; i++) {
    const x = (i - 2000) * 0.37;
    const y = (i + 1) * 0.013;
    results.set([exp(x), log(y), log1p(y), pow(y, 1.7)], 4 * i);
  }
  assert.equal(
    sha256(new Uint8Array(results.buffer)),
    '07657001634980163051d5cd3af285066286cae0e4fffe84974af8eef79ee836',
  );
});
