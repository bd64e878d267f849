import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HoldfastError } from '../../base/errors.ts';
import { rollingCutoffs } from './rolling-cutoffs.ts';
import { dayMs } from './section.ts';

const plain = { last: '2010-09-10', count: 4, step: 30, window: 90, gap: 0, horizon: 90 };

test('rolling cutoffs: each part begins when the labels of the part before end, training cutoffs lie a step apart', () => {
  assert.deepEqual(rollingCutoffs(plain), {
    train: ['2010-02-12', '2010-03-14'],
    validation: '2010-06-12',
    test: '2010-09-10',
  });
  const gapped = rollingCutoffs({ ...plain, gap: 14 });
  assert.equal(gapped.validation, '2010-05-29');
  assert.deepEqual(gapped.train, ['2010-01-15', '2010-02-14']);
});

test('rolling cutoffs: for any setting no label reaches a later part and no training window begins before the log', () => {
  const days = fc.integer({ min: 1, max: 400 });
  const setting = fc.record({
    count: fc.integer({ min: 3, max: 12 }),
    step: days,
    window: days,
    gap: days,
    horizon: days,
  });
  fc.assert(
    fc.property(setting, ({ gap, horizon, window, ...rest }) => {
      const from = new Date(Date.UTC(2020, 0, 1) - (2 * (gap + horizon) + window) * dayMs)
        .toISOString()
        .slice(0, 10);
      const {
        train,
        validation,
        test: judged,
      } = rollingCutoffs({
        ...rest,
        last: '2020-01-01',
        gap,
        horizon,
        window,
        from,
      });
      assert.ok(train.length >= 1 && train.length <= rest.count - 2);
      assert.ok(Date.parse(validation) + (gap + horizon) * dayMs <= Date.parse(judged));
      for (const cutoff of train) {
        assert.ok(Date.parse(cutoff) + (gap + horizon) * dayMs <= Date.parse(validation));
        assert.ok(Date.parse(cutoff) - window * dayMs >= Date.parse(from));
      }
      assert.deepEqual(train, train.toSorted());
    }),
  );
});

test('rolling cutoffs: too short a log, a day that is none and a count below 3 are refused by name', () => {
  const refused = (param: string, change: object) =>
    assert.throws(
      () => rollingCutoffs({ ...plain, ...change }),
      (error: HoldfastError) => error.code === 'param.value' && error.fields.param === param,
    );
  refused('last', { from: '2010-01-01' });
  refused('last', { last: 'September' });
  refused('count', { count: 2 });
  refused('horizon', { horizon: 0.5 });
});
