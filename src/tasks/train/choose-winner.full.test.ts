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
const rows = 900;
const x = Array.from({ length: rows }, () => random.normal());
const y = x.map(() => random.normal());
/** Who leaves depends on two columns, and no candidate sees both. */
const data = createDataset(
  createTable([numberColumn('x', x), numberColumn('y', y)]),
  x.map((value, row) => (value + y[row]! + random.normal() > 0 ? 1 : 0)),
);
const search = (
  asked: Partial<TrainSection['search']>,
  recorded?: readonly RecordedFit[],
  spentMs?: number,
) => searchByClock({ data, model: tiltedModel('x', 'y') }, asked, recorded, spentMs);

test('choose winner: auto ranks the vote and the stack of its trials among them', async () => {
  const { answer, notes } = search({ method: 'auto', trials: 18 });
  const { winner, leaderboard, search: told } = await answer;
  const together = leaderboard.filter(({ members }) => members);
  assert.deepEqual(together.map(({ model }) => model).sort(), ['soft-voting', 'stacking']);
  for (const { model, members, folds: values, params } of together) {
    assert.equal(values.length, 3);
    const inside = (params as { models: { params: unknown }[] }).models;
    assert.deepEqual(
      inside.map(({ params: own }) => own),
      members!.map(({ trial }) => told.trials[trial - 1]!.params),
    );
    assert.ok(members!.every(({ weight }) => (model === 'stacking' ? weight === null : weight! > 0)));
  }
  assert.ok(leaderboard[0]!.chosen, 'auto takes the best');
  assert.equal(winner.candidates.length, leaderboard[0]!.members?.length ?? 1);
  assert.deepEqual(notes, []);
});

test('choose winner: auto gone on from a record, members fitted again for their scores, comes to the same', async () => {
  const first = search({ method: 'auto', trials: 18 });
  const expected = await first.answer;
  const again = search({ method: 'auto', trials: 18 }, first.written);
  const answer = await again.answer;
  assert.deepEqual(answer.winner, expected.winner);
  assert.deepEqual(
    answer.leaderboard.map(({ model, mean }) => [model, mean]),
    expected.leaderboard.map(({ model, mean }) => [model, mean]),
  );
  const wrong = first.written.map((fit) => ({ ...fit, value: fit.value! - 0.001 }));
  const doubted = search({ method: 'auto', trials: 18 }, wrong);
  assert.deepEqual((await doubted.answer).winner, expected.winner);
  assert.deepEqual(
    doubted.notes.map(({ code }) => code),
    ['search.not-repeated'],
  );
});

test('choose winner: auto keeps time in its budget for what follows the search', async () => {
  const { answer, secondsNow } = search({ method: 'auto', trials: 300, budget: '100s' });
  const { search: told } = await answer;
  assert.ok(told.isCut);
  // A fit takes a second; of a hundred the last are kept for members that are fitted again, whole and in folds.
  assert.ok(secondsNow() >= 60 && secondsNow() <= 95, String(secondsNow()));
});
