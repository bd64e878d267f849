/** `search: { method: auto }` through the command line: what it tells, that a kill changes nothing, and what comes of its model. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readZip, type ZipParts } from '../store/zip.ts';
import type { TrainSummary } from '../tasks/train/summary.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

const learnedParts = ['pipeline.json', 'weights.bin', 'reference.json', 'golden.json'] as const;
const candidates =
  '{ prior: {}, logistic-regression: {}, random-forest: { trees: [10, 20], maxDepth: 6 }, gradient-boosting: { trees: 30 } }';
const places: Place[] = [];
let expected: { summary: TrainSummary; parts: ZipParts };

const writeProject = (place: Place, search: string, name = 'holdfast.yaml', models = candidates): void =>
  writeFileSync(
    place.path(name),
    readFileSync(place.path('holdfast.yaml'), 'utf8')
      .replace(/^ {2}candidates:(?:.*\n)(?: {4}.*\n)*/m, `  candidates: ${models}\n`)
      .replace(/search: \{.*\}/, `search: { ${search} }`),
  );

async function trained(place: Place, ...words: string[]) {
  const ended = await place.run('train', '--json', ...words);
  assert.ok(ended.exit === 0 || ended.exit === 3, ended.stderr);
  const summary = ended.json<TrainSummary & Record<string, unknown>>() as TrainSummary;
  return { summary, parts: await readZip('test', readFileSync(summary.model.file)), stderr: ended.stderr };
}

const fitsWritten = (place: Place): number => {
  const folder = place.path('.holdfast/searches');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).reduce(
    (sum, name) => sum + readFileSync(`${folder}/${name}`, 'utf8').split('\n').length - 1,
    0,
  );
};

before(async () => {
  const place = newPlace({ HOLDFAST_THREADS: '1' });
  places.push(place);
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '900')).exit, 0);
  assert.equal((await place.runHere('init', 'customers.csv', '--target', 'churned')).exit, 0);
  writeProject(place, 'method: auto, trials: 24');
  expected = await trained(place);
});
after(() => {
  for (const place of places) place[Symbol.dispose]();
});

test('auto: families, preparations, a vote and a stack are on the leaderboard, the best is taken, and the report tells it', () => {
  const { leaderboard, search, best, report } = expected.summary;
  assert.equal(search.trials.length, 24);
  assert.ok(search.trials.some(({ preparation }) => preparation !== undefined));
  assert.deepEqual(
    search.trials.slice(0, 4).map(({ model, origin }) => [model, origin]),
    ['logistic-regression', 'random-forest', 'gradient-boosting', 'gradient-boosting'].map((id) => [
      id,
      'defaults',
    ]),
  );
  const together = leaderboard.filter(({ members }) => members);
  assert.ok(together.length === 0 || together.length === 2);
  assert.ok(leaderboard[0]!.chosen);
  assert.equal(best.model, leaderboard[0]!.model);
  const page = readFileSync(report, 'utf8');
  assert.match(page, /How it was searched/);
  assert.match(page, /Families, their parameters and the preparation of columns were searched together/);
});

test('auto: what is saved has learned from the validation part too, which still tells the threshold', () => {
  const { search, stability } = expected.summary;
  assert.equal(search.refitRows, stability!.rows);
  const page = readFileSync(expected.summary.report, 'utf8');
  assert.match(page, /fitted once more on all 765 rows that are not held out/);
  assert.match(page, /Learned from 765 customers, .*threshold set on 135 of them before it saw those/);
});

test('auto: killed with kill -9 and gone on at two threads it comes to the same bytes', async () => {
  const place = newPlace({ HOLDFAST_THREADS: '2' });
  places.push(place);
  for (const name of ['customers.csv', 'holdfast.yaml']) cpSync(places[0]!.path(name), place.path(name));
  const { child, ended } = place.start('train', '--json');
  while (fitsWritten(place) < 40) {
    assert.equal(child.exitCode, null, 'it ended before it could be killed');
    await pause(5);
  }
  child.kill('SIGKILL');
  await ended;
  const { summary, parts, stderr } = await trained(place);
  assert.match(stderr, /Going on with a search that was interrupted/);
  assert.ok(summary.search.resumedFits >= 39);
  const told = ({ leaderboard, best, holdout }: TrainSummary) => ({
    leaderboard: leaderboard.map(({ seconds: _, ...row }) => row),
    best,
    holdout,
  });
  assert.deepEqual(told(summary), told(expected.summary));
  for (const name of learnedParts) assert.deepEqual(parts[name], expected.parts[name], name);
});

test('auto: an ensemble scores, explains, is registered and loaded like any model', async () => {
  const place = places[0]!;
  // Small trees err differently: together they are better.
  const trees =
    '{ decision-tree: { maxDepth: [2, 3, 4, 5] }, random-forest: { trees: [3, 4, 5], maxDepth: [2, 3] } }';
  writeProject(place, 'method: auto, trials: 32', 'loss.yaml', trees);
  writeFileSync(
    place.path('loss.yaml'),
    readFileSync(place.path('loss.yaml'), 'utf8').replace('metric: roc-auc', 'metric: log-loss'),
  );
  const { summary, parts } = await trained(place, 'loss.yaml');
  assert.ok(['soft-voting', 'stacking'].includes(summary.best.model), summary.best.model);
  const scored = await place.run(
    'score',
    summary.model.label,
    'customers.csv',
    'scored.csv',
    '--reasons',
    '2',
  );
  assert.equal(scored.exit, 0, scored.stderr);
  const lines = readFileSync(place.path('scored.csv'), 'utf8').trim().split('\n');
  assert.equal(lines.length, 901);
  assert.ok(lines.slice(1).every((line) => /,(true|false),(high|medium|low),/.test(line)));
  const explained = await place.run('explain', summary.model.label, '1', '--row', '--json');
  assert.equal(explained.exit, 0, explained.stderr);
  const verified = await place.run('models', 'verify', summary.model.label);
  assert.equal(verified.exit, 0, verified.stderr);
  const manifest = JSON.parse(Buffer.from(parts['manifest.json']!).toString());
  assert.ok(manifest.preprocessing.some(({ imputed }: { imputed: unknown }) => imputed !== null));
  assert.equal(manifest.metrics.stability.folds.length, 5);
});

test('auto: a budget ends it, says so, and leaves a whole model', async () => {
  const place = places[0]!;
  writeProject(place, 'method: auto, budget: 5s', 'short.yaml');
  const { summary } = await trained(place, 'short.yaml');
  const cut = summary.findings.find(({ code }) => code === 'search.cut');
  if (summary.search.isCut)
    assert.match(cut!.message, /stopped at its budget of 5s after \d+ of 300 candidates/);
  else assert.equal(cut, undefined);
  assert.ok(summary.leaderboard.length > 0);
});
