import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { earlyEnd } from './early-end.ts';
import { meanOf, oneStandardError } from './one-standard-error.ts';
import type { EarlyEnd, Trial } from './search-method.ts';

let made = 0;
const trial = (folds: readonly number[], more: Partial<Trial> = {}): Trial => ({
  number: ++made,
  candidate: { id: 'a', params: {} },
  origin: 'drawn',
  share: 1,
  outcome: 'whole',
  folds,
  seconds: 0,
  ...more,
});
const end = (rule: EarlyEnd, folds: readonly number[], past: readonly Trial[], sign: 1 | -1 = 1) =>
  earlyEnd([rule], trial(folds), past, sign);

test('early end: behind the best on each of two folds or more, beyond its spread and three errors', () => {
  const best = trial([0.8, 0.82, 0.81, 0.8, 0.82]);
  assert.equal(end('behind', [0.7, 0.72], [best]), 'behind');
  assert.equal(end('behind', [0.7], [best]), undefined, 'one fold says little');
  assert.equal(end('behind', [0.795, 0.815], [best]), undefined, 'less than the best varies between folds');
  assert.equal(end('behind', [0.7, 0.83], [best]), undefined, 'better on a fold');
  assert.equal(end('behind', [0.5, 0.79], [best]), undefined, 'the difference is too unsteady');
  assert.equal(end('behind', [0.7, 0.72], []), undefined, 'nobody to be behind of');
});

test('early end: where less is better, the larger is behind', () => {
  const best = trial([0.4, 0.41, 0.42]);
  assert.equal(end('behind', [0.5, 0.52], [best], -1), 'behind');
  assert.equal(end('behind', [0.3, 0.31], [best], -1), undefined);
});

test('early end: below the median of five whole trials of the same model at the same fold', () => {
  const five = [0.7, 0.72, 0.74, 0.76, 0.78].map((value) => trial([value, value + 0.1]));
  assert.equal(end('median', [0.73], five), 'median');
  assert.equal(end('median', [0.74], five), undefined, 'the median itself goes on');
  assert.equal(end('median', [0.73], five.slice(1)), undefined, 'four are too few');
  const others = five.map((one) => ({ ...one, candidate: { id: 'b', params: {} } }));
  assert.equal(end('median', [0.1], others), undefined, 'another model');
  assert.equal(
    end(
      'median',
      [0.1],
      five.map((one) => ({ ...one, share: 0.5 })),
    ),
    undefined,
    'another share',
  );
  assert.equal(
    end(
      'median',
      [0.1],
      five.map((one) => ({ ...one, outcome: 'median' })),
    ),
    undefined,
    'not whole',
  );
});

test('early end: for any folds, what ends as behind would not have been chosen however its other folds went alike', () => {
  const folds = fc.array(fc.double({ min: 0.5, max: 0.9, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(folds, folds, (best, weak) => {
      if (meanOf(weak) > meanOf(best)) return;
      if (end('behind', weak, [trial(best)]) === undefined) return;
      // The simplest within one standard error of the best: not this one, though it is simpler.
      const judged = [
        { folds: best, simplicity: [9] },
        { folds: weak, simplicity: [0] },
      ];
      assert.equal(oneStandardError(judged), 0);
    }),
  );
});
