import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import type { RecordedFit } from '../../selection/open-trial.ts';
import type { TrainSection } from '../../selection/section.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { searchByClock } from '../testing/clocked-search.ts';
import { tiltedModel } from '../testing/tilted-model.ts';

const random = createRandom(4);
const rows = 3600;
const x = Array.from({ length: rows }, () => random.normal());
const data = createDataset(
  createTable([numberColumn('x', x)]),
  x.map((value) => (value + random.normal() > 0 ? 1 : 0)),
);
const search = (
  asked: Partial<TrainSection['search']>,
  recorded?: readonly RecordedFit[],
  spentMs?: number,
) => searchByClock({ data, model: tiltedModel('x') }, asked, recorded, spentMs);

test('search candidates: the best of the whole trials wins; those that ended early are in the history alone', async () => {
  const { answer, notes } = search({ method: 'random', trials: 20 });
  const { winner, leaderboard, search: told } = await answer;
  assert.equal(leaderboard.length, told.trials.filter(({ outcome }) => outcome === 'whole').length);
  assert.ok(leaderboard.length < 20);
  assert.deepEqual(winner.candidate.params, leaderboard[0]!.params);
  assert.ok(winner.outOfFold.every((p) => p >= 0 && p <= 1));
  assert.deepEqual(notes, []);
});

test('search candidates: gone on from a record it chooses the same, with the same out-of-fold scores', async () => {
  const first = search({ method: 'random', trials: 12 });
  const expected = await first.answer;
  const again = search({ method: 'random', trials: 12 }, first.written);
  const answer = await again.answer;
  assert.deepEqual(answer.winner, expected.winner);
  assert.equal(again.secondsNow(), 3, 'only the winner, for its out-of-fold scores');
  assert.equal(answer.search.resumedFits, first.written.length);
});

test('search candidates: a record that does not repeat is not believed', async () => {
  const first = search({ method: 'random', trials: 12 });
  const expected = await first.answer;
  const wrong = first.written.map((fit) => ({ ...fit, value: fit.value! - 0.001 }));
  const again = search({ method: 'random', trials: 12 }, wrong);
  const { winner, search: told } = await again.answer;
  assert.deepEqual(winner, expected.winner);
  assert.equal(told.resumedFits, 0);
  assert.deepEqual(
    again.notes.map(({ code }) => code),
    ['search.not-repeated'],
  );
});

test('search candidates: halving that is cut before its last rung tries the best of the furthest rung whole', async () => {
  const { answer, notes } = search({ method: 'halving', trials: 9, budget: '20s' });
  const { leaderboard, search: told } = await answer;
  assert.ok(told.isCut && told.trials.every(({ share }) => share < 1));
  const best = told.trials
    .filter(({ outcome }) => outcome === 'whole')
    .reduce((a, b) => (b.mean! > a.mean! ? b : a));
  assert.deepEqual(
    leaderboard.map(({ params }) => params),
    [best.params],
  );
  assert.match(notes[0]!.message, /stopped at its budget of 20s after 6 of 12 candidates/);
});

test('search candidates: the time of the interrupted run counts towards the budget', async () => {
  const fresh = search({ method: 'random', trials: 30, budget: '21s' });
  await fresh.answer;
  const gone = search({ method: 'random', trials: 30, budget: '21s' }, [], 12_000);
  await gone.answer;
  assert.equal(fresh.secondsNow() - gone.secondsNow(), 12);
});
