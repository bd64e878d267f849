import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeTrial, foldsOf, openTrial, takeFold } from './open-trial.ts';
import type { TrialRequest } from './search-method.ts';

const request: TrialRequest = {
  candidate: { id: 'random-forest', params: { trees: 30 } },
  origin: 'written',
  share: 1 / 3,
};
const whole = { ...request, share: 1 };
const size = { folds: 3, rows: 4, resource: 'rows' } as const;
const second = { value: 0.7, seconds: 0.5 };

test('open-trial: a share is of the rows, or of what the model learns in', () => {
  const { fitted, rowShare } = openTrial(request, 1, size);
  assert.deepEqual([fitted, rowShare], [request.candidate, 1 / 3]);
  const fewer = openTrial(request, 1, { ...size, resource: 'iterations' });
  assert.deepEqual([fewer.fitted.params, fewer.rowShare], [{ trees: 10 }, 1]);
});

test('open-trial: the folds told are those up to the first that is missing', () => {
  const trial = openTrial(whole, 1, size);
  takeFold(trial, { fold: 2, value: 0.9, seconds: 0.5 });
  assert.deepEqual(foldsOf(trial), []);
  takeFold(trial, { fold: 0, ...second });
  assert.deepEqual(foldsOf(trial), [0.7]);
  assert.equal(closeTrial(trial, false).outcome, 'cut');
  takeFold(trial, { fold: 1, value: 0.8, seconds: 0.5 });
  const { folds, outcome, seconds } = closeTrial(trial, false);
  assert.deepEqual({ folds, outcome, seconds }, { folds: [0.7, 0.8, 0.9], outcome: 'whole', seconds: 1.5 });
});

test('open-trial: one that diverges has that outcome and keeps what it was tried on', () => {
  const trial = openTrial(whole, 1, size);
  takeFold(trial, { fold: 0, ...second });
  takeFold(trial, { fold: 1, value: null, seconds: 0.5 });
  const { folds, outcome, outOfFold } = closeTrial(trial, false);
  assert.deepEqual({ folds, outcome, outOfFold }, { folds: [0.7], outcome: 'diverged', outOfFold: null });
});

test('open-trial: scores are kept of whole trials on everything, of shares where asked, and of none from a record', () => {
  const tried = (of: TrialRequest) => {
    const trial = openTrial(of, 1, size);
    for (const fold of [0, 1, 2]) takeFold(trial, { fold, ...second });
    return trial;
  };
  assert.ok(closeTrial(tried(whole), false).outOfFold);
  assert.equal(closeTrial(tried(request), false).outOfFold, null);
  assert.ok(closeTrial(tried(request), true).outOfFold);
  assert.equal(closeTrial({ ...tried(whole), fromRecord: 1 }, true).outOfFold, null);
});
