import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertClose, type Numbers, readGolden, type Tolerance } from './compare.ts';

const refuses = (actual: Numbers, expected: Numbers, tolerance: Tolerance, message: RegExp): void =>
  assert.throws(() => assertClose(actual, expected, tolerance), { code: 'ERR_ASSERTION', message });

const reason = 'rounding';

test('assertClose: equal numbers and lists pass without any tolerance', () => {
  assertClose(0.1, 0.1, { reason });
  assertClose(Float64Array.of(1, 2), [1, 2], { reason });
  assertClose([Float64Array.of(1), Float64Array.of(2, 3)], [[1], [2, 3]], { reason });
});

test('assertClose: an answer nudged past the tolerance fails, one nudged within it passes', () => {
  assertClose(1000 * (1 + 0.9e-12), 1000, { relative: 1e-12, reason });
  refuses(1000 * (1 + 1.1e-12), 1000, { relative: 1e-12, reason }, /the number is 1000\.\d+, expected 1000/);
  assertClose(0.9e-9, 0, { absolute: 1e-9, reason });
  refuses(1.1e-9, 0, { absolute: 1e-9, reason }, /allowed 1e-9 \(rounding\)/);
  refuses(1 + Number.EPSILON, 1, { reason }, /allowed 0/);
});

test('assertClose: one nudged number in a nested list fails and is named', () => {
  refuses(
    [
      [1, 2],
      [3, 4.1],
    ],
    [
      [1, 2],
      [3, 4],
    ],
    { absolute: 1e-3, reason },
    /at \[1\]\[1\] is 4\.1/,
  );
});

test('assertClose: a small expected number is not drowned by a relative tolerance', () => {
  refuses(2e-20, 1e-20, { relative: 1e-9, reason }, /expected 1e-20/);
});

test('assertClose: NaN matches only NaN and null, an infinity only itself', () => {
  assertClose([Number.NaN, Number.NaN], [null, Number.NaN], { reason });
  assertClose(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, { reason });
  refuses(Number.NaN, 1, { absolute: 9, reason }, /is NaN/);
  refuses(1, null, { absolute: 9, relative: 9, reason }, /expected NaN/);
  refuses(1, Number.POSITIVE_INFINITY, { relative: 1, reason }, /expected Infinity/);
  refuses(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { relative: 1, reason }, /expected Infinity/);
});

test('assertClose: a list of another length or nesting fails', () => {
  refuses([1, 2], [1, 2, 3], { reason }, /has length 2, expected 3/);
  refuses([], [1], { reason }, /has length 0, expected 1/);
  refuses([1], 1, { reason }, /a list and a number/);
});

test('golden files: each has a script beside it and names it as its provenance', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const name = file.slice(0, -'.json'.length);
    const { provenance } = readGolden<{ provenance: { tool: string; script: string } }>(name);
    const script = `${name}.${provenance.tool === 'holdfast' ? 'ts' : 'py'}`;
    assert.ok(files.includes(script), `${file} has no script ${script}`);
    assert.deepEqual(Object.keys(provenance), ['tool', 'version', 'script', 'seed'], file);
    assert.equal(provenance.script, `golden/${script}`);
  }
});
