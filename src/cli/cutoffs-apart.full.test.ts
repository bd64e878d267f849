/** At which cutoffs customers that a model learned from count as new: through the commands, on an event log. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Evaluation } from '../tasks/evaluate.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

let place: Place;
const dayMs = 86_400_000;
const shifted = (day: string, by: number): string =>
  new Date(Date.parse(day) + by * dayMs).toISOString().slice(0, 10);
/** 150 customers who buy every 5 to 29 days, some with a long pause: none is lost for good. */
const log = [
  'who,at,price',
  ...Array.from({ length: 150 }, (_, i) =>
    Array.from({ length: 80 }, (_, k) => k * (5 + (i % 25)) + (k > i % 7 ? 30 * (i % 3) : 0))
      .filter((offset) => offset < 300)
      .map((offset) => `c${i},${shifted('2024-01-01', offset)},${1 + (i % 9)}`),
  ).flat(),
];
const settings = 'source: log.csv, customer: who, time: at, value: price, window: 60d, horizon: 20d';
const project = (name: string, when: string) =>
  `version: 1\nproject: ${name}\ndata: { events: { ${settings}, ${when} } }\ntrain: { folds: 2, candidates: { prior: {}, logistic-regression: {} } }\ngate: { rocAuc: 0.1 }\n`;

before(() => {
  place = newPlace();
  writeFileSync(place.path('log.csv'), `${log.join('\n')}\n`);
  writeFileSync(place.path('one.yaml'), project('one', 'cutoff: 2024-06-01'));
  writeFileSync(place.path('several.yaml'), project('several', 'cutoffs: { last: 2024-06-21, count: 4 }'));
});
after(() => place[Symbol.dispose]());

type Judged = Evaluation & { error?: { code: string } };
const judge = async (model: string, cutoff: string, ...more: string[]): Promise<Judged> => {
  const run = await place.runHere('evaluate', model, 'log.csv', '--cutoff', cutoff, ...more, '--json');
  return run.json<Judged>();
};

// Both models have learned the outcomes of [2024-06-01, 2024-06-21), the second as its validation part.
for (const name of ['one', 'several'] as const) {
  test(`cutoff (${name}): a day off is refused, exactly one horizon later is not`, async () => {
    const trained = await place.runHere('train', `${name}.yaml`, '--json');
    assert.equal(trained.exit, 0, trained.stderr);
    for (const day of ['2024-05-31', '2024-06-02', '2024-06-20'])
      assert.equal((await judge(`${name}@latest`, day)).error?.code, 'evaluate.training-rows', day);
    const later = await judge(`${name}@latest`, '2024-06-21');
    assert.deepEqual([later.error, later.data.part, later.data.trainingRows], [undefined, 'all', 0]);
    assert.ok(!later.remarks.some((remark) => remark.includes('knows what came later')));
  });

  test(`cutoff (${name}): before those learned from it is told that the model knows what came later`, async () => {
    const earlier = await judge(`${name}@latest`, '2024-05-01', '--allow-training-rows');
    assert.ok(
      earlier.remarks.some((remark) =>
        remark.startsWith(
          'The model has learned from customers at 2024-06-01, later than the cutoff 2024-05-01',
        ),
      ),
      earlier.remarks.join('\n'),
    );
  });
}

test('compare: customers whose outcome overlaps what one of the models learned are left out', async () => {
  const compare = (cutoff: string) =>
    place.runHere(
      ...['compare', 'one@latest', 'several@latest', '--data', 'log.csv', '--cutoff', cutoff, '--json'],
    );
  const near = (await compare('2024-06-02')).json<{ error?: { code: string }; data?: { rows: number } }>();
  assert.equal(near.error?.code, 'compare.no-rows');
  const far = (await compare('2024-06-21')).json<{ data: { rows: number; of: number } }>();
  assert.equal(far.data.rows, far.data.of);
});
