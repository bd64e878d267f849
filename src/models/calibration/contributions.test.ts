import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contributions, FittedClassifier } from '../../learn/definition.ts';
import { logit, sigmoid } from '../../math/sigmoid.ts';
import { wholeCatalogue } from '../testing/fit-composite.ts';
import { calibratedContributions } from './contributions.ts';
import { applyMap, type CalibrationMap } from './map.ts';

const model: FittedClassifier = {
  role: 'classifier',
  id: 'prior',
  version: 1,
  params: {},
  inputs: [
    { name: 'a', kind: 'number' },
    { name: 'b', kind: 'number' },
  ],
  state: { churnRate: 0.3 },
};
const parts = (link: Contributions['link'], base: number, values: number[]): Contributions => ({
  link,
  base,
  columns: ['a', 'b'],
  values: Float64Array.from(values),
});
const sharper: CalibrationMap = { method: 'sigmoid', slope: 2, offset: -0.5, most: 9 };
const steps: CalibrationMap = {
  method: 'isotonic',
  knots: Float64Array.of(0.2, 0.3, 0.5, 0.9),
  values: Float64Array.of(0.1, 0.25, 0.25, 0.8),
};
const of = (map: CalibrationMap, inner: Contributions) =>
  calibratedContributions(map, model, inner, inner.values.length / 2, wholeCatalogue)!;

test('contributions: a sigmoid over log-odds stretches every part and stays in log-odds', () => {
  const made = of(sharper, parts('logit', -1, [0.5, -0.25]));
  assert.deepEqual([made.link, made.base, ...made.values], ['logit', -2.5, 1, -0.5]);
  // Beyond the largest log-odds taken the parts are shortened, so that they still add up.
  const far = of(sharper, parts('logit', -1, [20, 0]));
  assert.equal(far.base + far.values[0]!, 2 * 9 - 0.5);
});

test('contributions: under any map the parts of a row add up to its calibrated probability', () => {
  for (const map of [sharper, steps]) {
    for (const link of ['logit', 'probability'] as const) {
      if (map === sharper && link === 'logit') continue;
      const scale = link === 'logit' ? logit : (p: number): number => p;
      const base = scale(0.35);
      const made = of(map, parts(link, base, [scale(0.6) - base - 0.1, 0.1, scale(0.22) - base, 0]));
      assert.equal(made.link, 'probability');
      [0.6, 0.22].forEach((p, row) => {
        const sum = made.base + made.values[2 * row]! + made.values[2 * row + 1]!;
        assert.ok(Math.abs(sum - applyMap(map, Float64Array.of(p))[0]!) < 1e-12);
      });
      assert.ok(made.values[0]! > 0 && made.values[1]! > 0 && made.values[2]! < 0);
    }
  }
});

test('contributions: on the step of the average, and where parts cancel out, nothing moved the score', () => {
  assert.deepEqual([...of(steps, parts('probability', 0.35, [0.1, 0])).values], [0, 0]);
  assert.deepEqual([...of(sharper, parts('probability', 0.35, [0.2, -0.2])).values], [0, 0]);
  assert.equal(of(sharper, parts('probability', 0.35, [])).base, sigmoid(2 * logit(0.35) - 0.5));
});

test('contributions: a score of 0 or 1 is explained, though its parts miss it by rounding', () => {
  const { base, values } = of(sharper, parts('probability', 0.3, [-0.2, -0.1, 0.5, 0.2 + 2e-16]));
  const due = [...applyMap(sharper, Float64Array.of(0, 1))];
  due.forEach((p, row) => {
    assert.ok(Math.abs(base + values[2 * row]! + values[2 * row + 1]! - p) < 1e-12);
  });
});

test('contributions: a model inside that uses no column leaves parts of 0', () => {
  const none: Contributions = { link: 'logit', base: -1, columns: [], values: new Float64Array(0) };
  assert.deepEqual(
    [...calibratedContributions(sharper, model, none, 3, wholeCatalogue)!.values],
    [0, 0, 0, 0, 0, 0],
  );
});

test('contributions: a model without parts has none with a map over it', () => {
  assert.equal(calibratedContributions(steps, model, undefined, 1, wholeCatalogue), undefined);
});
