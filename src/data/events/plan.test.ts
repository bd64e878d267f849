import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Expression, eventFeatures, labelSpan, planFeatures, type Span } from './plan.ts';
import { dayMs } from './section.ts';

const cutoff = Date.UTC(2024, 5, 1);

function spansOf(expression: Expression<Span>): Span[] {
  if ('take' in expression) return [expression.of];
  if ('constant' in expression) return [];
  return [...spansOf(expression.left), ...spansOf(expression.right)];
}

test('event plan: a log without a value makes no monetary feature, a name is the prefix of all', () => {
  const plain = planFeatures({}, cutoff, 90).map(({ column }) => column);
  assert.ok(plain.includes('recency_days') && !plain.some((name) => name.startsWith('monetary')));
  const named = planFeatures({ name: 'calls', value: 'cost' }, cutoff, 90).map(({ column }) => column);
  assert.deepEqual(
    named,
    eventFeatures.map(({ id }) => `calls_${id}`),
  );
});

test('event plan: for any cutoff and window no feature looks outside [cutoff - window, cutoff)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 2_000 }), (day, window) => {
      for (const { is } of planFeatures({ value: 'v' }, day * dayMs, window)) {
        for (const { from, to } of spansOf(is))
          assert.ok(from >= (day - window) * dayMs && from < to && to <= day * dayMs);
      }
    }),
  );
});

test('event plan: the label looks from the end of the gap to the end of the horizon', () => {
  assert.deepEqual(labelSpan(cutoff, 7, 30), { from: cutoff + 7 * dayMs, to: cutoff + 37 * dayMs });
});
