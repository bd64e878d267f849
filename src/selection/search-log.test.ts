import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BegunRun, bestOfEarlier, interruptedRun, type SearchLine } from './search-log.ts';

const begun = (at: number, more: Partial<BegunRun> = {}): BegunRun => ({
  run: 'begun',
  project: 'telco',
  columns: 'c',
  metric: 'roc-auc',
  folds: 2,
  at,
  earlier: [],
  ...more,
});
const fits = (l2: number, values: readonly number[], more = {}): SearchLine[] =>
  values.map((value, fold) => ({
    candidate: { id: 'logistic-regression', params: { l2 } },
    share: 1,
    fold,
    value,
    seconds: 0.1,
    spent: 10 * (fold + 1),
    ...more,
  }));
const ended: SearchLine = { run: 'ended' };
const l2Of = (candidates: readonly { params: unknown }[]) =>
  candidates.map(({ params }) => (params as { l2: number }).l2);

test('search log: what stands after the last end is a run that was killed', () => {
  const first = [begun(1), ...fits(1, [0.7, 0.8]), ended];
  assert.equal(interruptedRun(first), undefined);
  assert.equal(interruptedRun([]), undefined);
  const open = interruptedRun([...first, begun(2), ...fits(3, [0.6, 0.5])]);
  assert.deepEqual(
    [open!.begun.at, l2Of(open!.fits.map(({ candidate }) => candidate)), open!.spentMs],
    [2, [3, 3], 20],
  );
});

test('search log: foreign lines are passed over; two runs in one log are one', () => {
  const lines = [
    begun(1),
    7,
    null,
    { fold: 'x' },
    { ...begun(0), earlier: [{ id: 'gradient-boosting', params: null }] },
    ...fits(1, [0.7]),
    { ...fits(1, [0.7])[0], candidate: { id: 'gradient-boosting', params: [5] } },
    begun(5),
    { run: 'paused' },
    ...fits(2, [0.9]),
  ];
  const open = interruptedRun(lines);
  assert.deepEqual([open!.begun.at, open!.fits.length], [1, 2]);
});

test('earlier runs: the best of each of the newest, then their second best; each once', () => {
  const older = [begun(1), ...fits(1, [0.9, 0.9]), ...fits(2, [0.8, 0.8]), ended];
  const newer = [begun(2), ...fits(3, [0.5, 0.5]), ...fits(4, [0.7, 0.7]), ...fits(1, [0.6, 0.6])];
  const kin = { project: 'telco', columns: 'c', metric: 'roc-auc' };
  assert.deepEqual(l2Of(bestOfEarlier([older, newer], kin, 1)), [4, 1, 2, 3]);
  assert.deepEqual(l2Of(bestOfEarlier([newer], kin, -1)), [3, 1, 4]);
});

test('earlier runs: other projects, columns and metrics, parts of the rows and trials that ended early say nothing', () => {
  const kin = { project: 'telco', columns: 'c', metric: 'roc-auc' };
  for (const other of [{ project: 'bank' }, { columns: 'd' }, { metric: 'log-loss' }])
    assert.deepEqual(bestOfEarlier([[begun(1, other), ...fits(1, [0.9, 0.9])]], kin, 1), []);
  const lines = [begun(1), ...fits(1, [0.9]), ...fits(2, [0.9, 0.9], { share: 0.5 }), ...fits(3, [0.1, 0.1])];
  assert.deepEqual(l2Of(bestOfEarlier([lines], kin, 1)), [3]);
});
