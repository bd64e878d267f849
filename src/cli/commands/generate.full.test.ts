/** From nothing to a judged model for every kind of business, and from its event log alone. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { areaOf } from '../../data/generate/testing/areas.ts';
import { makeCustomers } from '../../data/generate/testing/people-of.ts';
import { newPlace, onlyQuickModels, type Place } from '../testing/holdfast.ts';

interface Trained {
  readonly holdout: { readonly rocAuc: { readonly value: number } };
  readonly gate: { readonly passed: boolean };
}

async function run(place: Place, ...words: string[]): Promise<string> {
  const ended = await place.runHere(...words);
  assert.equal(ended.exit, 0, ended.stderr);
  return ended.stdout;
}

for (const kind of ['subscription', 'retail', 'bank']) {
  test(`generate --kind ${kind}: init and train give an honest model, below the ceiling of the true risk`, async () => {
    using place = newPlace();
    const rows = 8000;
    await run(place, 'generate', 'customers.csv', '--kind', kind, '--rows', `${rows}`);
    await run(place, 'init', 'customers.csv', '--target', 'churned');
    onlyQuickModels(place);
    const { holdout, gate } = JSON.parse(await run(place, 'train', '--json', '--quiet')) as Trained;
    assert.ok(gate.passed);
    const { value } = holdout.rocAuc;
    const made = makeCustomers({ kind, rows });
    const left = Float64Array.from({ length: rows }, (_, row) => Number(made.isChurned(row)));
    const ceiling = areaOf(made.numbers('churnProbability', made.truth), left);
    // 1,200 customers of the hold-out: a standard error of about 0.013 of their difference.
    assert.ok(value > 0.74 && value < ceiling + 0.02, `${value}, ceiling ${ceiling}`);
  });
}

test('generate --kind retail --with events: the log alone trains a model, and its label is that of the table', async () => {
  using place = newPlace();
  await run(place, 'generate', 'shop.csv', '--kind', 'retail', '--with', 'events');
  writeFileSync(
    place.path('holdfast.yaml'),
    `version: 1
project: shop
data:
  events:
    source: shop.events.csv
    customer: customerId
    time: time
    value: value
    order: eventId
    cutoff: 2026-07-01
    window: 365d
    horizon: 182d
train:
  candidates: { prior: {}, logistic-regression: {} }
gate: { chance: true }
`,
  );
  const { holdout } = JSON.parse(await run(place, 'train', '--json', '--quiet')) as Trained;
  assert.ok(holdout.rocAuc.value > 0.72 && holdout.rocAuc.value < 0.85, `${holdout.rocAuc.value}`);
  const lines = readFileSync(place.path('shop.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const active = new Set(
    readFileSync(place.path('shop.events.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(','))
      .filter(([, , time]) => time !== undefined && time >= '2026-07-01' && time < '2026-12-30')
      .map(([, customer]) => customer),
  );
  for (const line of lines) assert.equal(line.endsWith(',no'), active.has(line.split(',')[0]!));
});
