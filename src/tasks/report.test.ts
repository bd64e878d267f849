import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullFacts } from '../report/testing/synthetic-facts.ts';
import { parseXml } from '../report/testing/well-formed.ts';
import { trainingCharts } from '../report/training-charts.ts';
import { reportFiles, reportIn } from './report.ts';
import { exampleModel } from './testing/example-task.ts';
import { figuresOf, trainingFactsOf } from './train/figures.ts';

const facts = {
  ...fullFacts(),
  contributions: {
    link: 'probability' as const,
    rows: 2,
    columns: [{ column: 'Contract', values: [-0.2, 0.1], places: [null, null] }],
  },
  dependence: ['plan a', 'plan_a'].map((column) => ({
    column,
    kind: 'category',
    rows: 5,
    points: [{ value: 'gold', mean: 0.2, low: 0.1, high: 0.3 }],
  })),
};
const model = () => {
  const example = exampleModel();
  const { leaderboard, holdout, threshold, bands } = facts;
  const metrics = { ...example.manifest.metrics, holdout };
  const manifest = { ...example.manifest, figures: figuresOf(facts), leaderboard, metrics, threshold, bands };
  return { ...example, manifest: manifest as typeof example.manifest };
};

test('report: page and card as they were saved, every chart as well-formed SVG without variables, figures as JSON', async () => {
  const { files, remarks } = await reportFiles(model());
  assert.deepEqual(
    [...files.keys()],
    [
      'beeswarm.svg',
      'calibration.svg',
      'card.md',
      'confusion.svg',
      'dependence-plan-a-2.svg',
      'dependence-plan-a.svg',
      'feature_importance.json',
      'gain.svg',
      'importance.svg',
      'leaderboard.svg',
      'lift.svg',
      'metrics.json',
      'pr.svg',
      'profit.svg',
      'report.html',
      'report.json',
      'report.md',
      'roc.svg',
    ],
  );
  assert.deepEqual(remarks, []);
  assert.equal(files.get('card.md'), '# Newcomers\n');
  for (const [name, text] of files) {
    if (!name.endsWith('.svg')) continue;
    assert.equal(parseXml(text).name, 'svg', name);
    assert.ok(!text.includes('var('), name);
  }
  const importance = JSON.parse(files.get('feature_importance.json')!);
  assert.deepEqual(importance.columns[0], {
    rank: 1,
    column: facts.importance[0]!.column,
    importance: facts.importance[0]!.value,
    sd: facts.importance[0]!.sd,
    meanContribution: facts.importance[0]!.column === 'Contract' ? (0.2 + 0.1) / 2 : null,
  });
  const metrics = JSON.parse(files.get('metrics.json')!);
  assert.deepEqual(metrics.metrics.holdout.rocAuc, facts.holdout.rocAuc);
});

test('report: the same model gives the same files, and charts drawn from the manifest are those of the facts', async () => {
  const [first, second] = [await reportFiles(model()), await reportFiles(model())];
  assert.deepEqual(first.files, second.files);
  assert.deepEqual(
    trainingCharts(trainingFactsOf(model().manifest)!).map(({ id, description }) => [id, description]),
    trainingCharts(facts).map(({ id, description }) => [id, description]),
  );
});

test('report: a model from before figures were kept has its page, card and metrics, and says so', async () => {
  const { files, remarks } = await reportFiles(exampleModel());
  assert.deepEqual([...files.keys()], ['card.md', 'metrics.json', 'report.html']);
  assert.equal(remarks.length, 1);
});

test('report: Markdown and JSON hold what the page tells; every picture that Markdown names is written', async () => {
  const { files } = await reportFiles(model());
  const pictures = [...files.get('report.md')!.matchAll(/\]\(([^)]+\.svg)\)/g)].map(([, name]) => name!);
  assert.deepEqual(
    pictures.sort(),
    [...files.keys()].filter((name) => name.endsWith('.svg')),
  );
  const told = JSON.parse(files.get('report.json')!);
  assert.deepEqual([told.report, told.version], ['training', 1]);
  assert.deepEqual(told.holdout, facts.holdout);
  assert.equal(told.overview.columns.length, facts.overview!.columns.length);
});

test('report: in one format; from before figures were kept only the page, other formats are refused by code', () => {
  assert.equal(reportIn('html', model()), '<!doctype html>\n');
  assert.match(reportIn('markdown', model()), /^# .+: training report\n/);
  assert.equal(JSON.parse(reportIn('json', model())).report, 'training');
  assert.equal(reportIn('html', exampleModel()), '<!doctype html>\n');
  assert.throws(() => reportIn('markdown', exampleModel()), { code: 'report.no-figures' });
});
