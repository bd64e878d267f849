import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { judgeSlot, scoreShift, watchLimits } from './judge-slot.ts';
import type { SlotMeasures } from './slot-window.ts';

const limits = watchLimits.parse({});
const even = new Array<number>(20).fill(50);
const measures = (change: Partial<SlotMeasures> = {}): SlotMeasures => ({
  answers: 1000,
  errors: 0,
  p95Ms: 20,
  scores: even,
  ...change,
});

test('judge slot: a slot like the other may stay', () => {
  assert.equal(judgeSlot(measures(), measures(), limits), null);
});

test('judge slot: each limit is passed above it, not at it', () => {
  const cases: [Partial<SlotMeasures>, string | null][] = [
    [{ answers: 980, errors: 20 }, null],
    [{ answers: 979, errors: 21 }, 'error-rate'],
    [{ p95Ms: 500 }, null],
    [{ p95Ms: 500.1 }, 'latency'],
    [{ scores: [...new Array<number>(19).fill(0), 1000] }, 'score-shift'],
  ];
  for (const [change, breach] of cases)
    assert.equal(
      judgeSlot(measures(change), measures(), limits)?.breach ?? null,
      breach,
      JSON.stringify(change),
    );
});

test('judge slot: too little is no reason, be it ever so bad; only failures are counted as requests too', () => {
  assert.equal(judgeSlot(measures({ answers: 9, errors: 90, p95Ms: 9e9 }), measures(), limits), null);
  assert.equal(judgeSlot(measures({ answers: 0, errors: 100 }), measures(), limits)?.breach, 'error-rate');
  const other = { scores: [99, ...new Array<number>(19).fill(0)], answers: 99 };
  assert.equal(judgeSlot(measures(), measures(other), limits), null);
});

test('score shift: for samples of one distribution none is seen in 2,000 draws, however few customers', () => {
  const random = createRandom(7);
  for (const customers of [100, 200, 2000]) {
    const sample = () => {
      const counts = new Array<number>(20).fill(0);
      for (let i = 0; i < customers; i++) counts[Math.floor(20 * random.uniform() ** 2)]!++;
      return counts;
    };
    for (let draw = 0; draw < 2000; draw++) assert.equal(scoreShift(sample(), sample()), 0);
  }
});

test('score shift: a quarter of 1,000 customers moved by half the range is 0.27, as by hand', () => {
  const before = new Array<number>(20).fill(50);
  const after = before.map((count, i) => (i < 10 ? count / 2 : count * 1.5));
  // 0.25 ln 2 + 0.25 ln 1.5, less what the halves take.
  assert.ok(Math.abs(scoreShift(before, after) - 0.2747) < 0.01, String(scoreShift(before, after)));
});
