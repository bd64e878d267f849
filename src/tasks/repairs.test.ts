import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { cleanSection } from '../data/clean/section.ts';
import { rocAuc } from '../evaluation/metrics/roc-auc.ts';
import { prepareSample } from '../evaluation/sample.ts';
import { evaluateModel } from './evaluate.ts';
import { explainCustomer } from './explain.ts';
import { judgingRepairs, scoringRepairs } from './repairs.ts';
import { scoreFile } from './score.ts';
import { exampleModel, examplePorts, newTaskPlace, type TaskPlace } from './testing/example-task.ts';

let place: TaskPlace;
before(() => {
  place = newTaskPlace();
});
after(() => place[Symbol.dispose]());

const clean = cleanSection.parse([
  { repair: 'drop-missing', columns: ['customer'] },
  { repair: 'set-missing', columns: ['tenure', 'left', 'customer'], values: [-999, 'none'] },
  { repair: 'unreadable-as-missing', columns: ['tenure'] },
  { repair: 'fill-forward', columns: ['plan'] },
  { repair: 'deduplicate', by: 'customer' },
  { repair: 'set-missing', columns: ['left'], values: ['?'] },
]);
const repaired = () => {
  const model = exampleModel();
  return { ...model, manifest: { ...model.manifest, project: { ...model.manifest.project, clean } } };
};

test('repairs: scoring takes those of single values, of the columns that the model looks at', () => {
  assert.deepEqual(scoringRepairs(repaired().manifest), [
    { repair: 'set-missing', columns: ['tenure'], values: [-999, 'none'] },
    { repair: 'unreadable-as-missing', columns: ['tenure'] },
  ]);
  assert.deepEqual(scoringRepairs(exampleModel().manifest), [], 'a model from before the section');
});

test('repairs: judging takes all on the own source, on others leaves out what knows other rows, and says so', () => {
  const { manifest } = repaired();
  assert.deepEqual(judgingRepairs(manifest, true), { clean, remarks: [] });
  const other = judgingRepairs(manifest, false);
  assert.deepEqual(
    other.clean.map(({ repair }) => repair),
    ['drop-missing', 'set-missing', 'unreadable-as-missing', 'deduplicate', 'set-missing'],
  );
  assert.match(other.remarks.join(), /^clean: fill-forward not applied: .* trained on/);
});

/** Newcomers leave; a third of the tenures stand for "not known", some of those are no numbers at all. */
const rows = Array.from({ length: 240 }, (_, i) => ({
  id: `k${i}`,
  tenure: i % 3 > 0 ? String((i * 7) % 12) : i % 2 > 0 ? '-999' : 'n/k',
  left: (i * 5) % 11 < 4,
}));
const lines = [
  'customer,tenure,plan,left',
  ...rows.map(({ id, tenure, left }) => `${id},${tenure},basic,${left ? 'yes' : 'no'}`),
];

test('repairs: the figures of evaluate are those of the scores that score gives to the same rows', async () => {
  const model = repaired();
  const input = place.file('in.csv', lines);
  const summary = await scoreFile({ model, input, output: place.path('out.csv'), reasons: 0 }, examplePorts);
  assert.deepEqual([summary.scored, summary.rejected], [240, 0]);
  assert.deepEqual(summary.remarks.slice(0, 2), [
    'set-missing: 40 values of tenure called missing',
    'unreadable-as-missing: 40 values of tenure taken for missing',
  ]);
  assert.equal(summary.missing.tenure, 80);
  const scores = readFileSync(place.path('out.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  assert.equal(scores[0], 0.5, 'the score of a missing tenure');
  const labels = Uint8Array.from(rows, ({ left }) => Number(left));
  const { metrics, remarks } = await evaluateModel(model, input, false, examplePorts);
  assert.equal(metrics.rocAuc.value, rocAuc.compute(prepareSample(labels, Float64Array.from(scores), 0.4)));
  assert.ok(remarks.some((remark) => remark.startsWith('clean: fill-forward not applied')));
});

test('repairs: without the section the same values break the contract, as they always have', async () => {
  const input = place.file('plain.csv', lines);
  const output = place.path('plain-out.csv');
  const summary = await scoreFile({ model: exampleModel(), input, output, reasons: 0 }, examplePorts);
  assert.deepEqual([summary.scored, summary.rejected], [160, 80]);
});

test('repairs: a set-missing of the target needs no target in what is scored', async () => {
  const input = place.file('bare.csv', ['customer,tenure,plan', 'ann,-999,gold', 'bob,1,gold']);
  const output = place.path('bare-out.csv');
  const summary = await scoreFile({ model: repaired(), input, output, reasons: 0 }, examplePorts);
  assert.equal(summary.scored, 2);
});

test('repairs: explain gives the score that score gives', async () => {
  const data = place.file('one.csv', ['customer,tenure,plan', 'ann,-999,gold']);
  const { churnProbability } = await explainCustomer(
    { model: repaired(), data, customer: { row: 1 }, reasons: 1, lime: false },
    examplePorts,
  );
  assert.equal(churnProbability, 0.5);
});
