/** Searches through the command line: killed and gone on, learned from by later ones, equal at any number of threads. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readZip, type ZipParts } from '../store/zip.ts';
import type { TrainSummary } from '../tasks/train/summary.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

const learnedParts = ['pipeline.json', 'weights.bin', 'reference.json', 'golden.json'] as const;
const method = 'method: bayes, trials: 16';
const candidates =
  '{ prior: {}, logistic-regression: {}, decision-tree: {}, random-forest: { trees: [10, 20, 30], maxDepth: 6 } }';
const places: Place[] = [];
let expected: { summary: TrainSummary; parts: ZipParts };

/** A place with the same customers and project file as the first. */
function placeLikeFirst(env: Record<string, string>): Place {
  const place = newPlace(env);
  places.push(place);
  for (const name of ['customers.csv', 'holdfast.yaml'])
    if (places[0] !== place) cpSync(places[0]!.path(name), place.path(name));
  return place;
}

async function trained(place: Place, ...words: string[]) {
  const ended = await place.run('train', '--json', ...words);
  assert.ok(ended.exit === 0 || ended.exit === 3, ended.stderr);
  const summary = ended.json<TrainSummary & Record<string, unknown>>() as TrainSummary;
  return { summary, parts: await readZip('test', readFileSync(summary.model.file)), stderr: ended.stderr };
}

/** What two runs of the same search must tell alike: everything but times and how it came about. */
const told = ({ search, leaderboard, best, holdout }: TrainSummary) => ({
  trials: search.trials.map(({ seconds: _, ...trial }) => trial),
  leaderboard: leaderboard.map(({ seconds: _, ...row }) => row),
  best,
  holdout,
});

const linesOf = (place: Place): string[] => {
  const folder = place.path('.holdfast/searches');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) =>
    readFileSync(`${folder}/${name}`, 'utf8').split('\n').slice(0, -1),
  );
};

before(async () => {
  const place = placeLikeFirst({ HOLDFAST_THREADS: '1' });
  assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '700')).exit, 0);
  assert.equal((await place.runHere('init', 'customers.csv', '--target', 'churned')).exit, 0);
  writeFileSync(
    place.path('holdfast.yaml'),
    readFileSync(place.path('holdfast.yaml'), 'utf8')
      .replace(/^ {2}candidates:\n(?: {4}.*\n)*/m, `  candidates: ${candidates}\n`)
      .replace('method: grid', method),
  );
  expected = await trained(place);
});
after(() => {
  for (const place of places) place[Symbol.dispose]();
});

test('search: some trials ended early, no candidate came twice, and the report shows the way', () => {
  const { search, report } = expected.summary;
  assert.equal(search.trials.length, 16);
  assert.ok(search.trials.some(({ outcome }) => outcome === 'behind' || outcome === 'median'));
  assert.ok(expected.summary.leaderboard.length < 16);
  const page = readFileSync(report, 'utf8');
  assert.match(page, /How it was searched/);
  assert.match(page, /guessed from the trials before them/);
  const manifest = JSON.parse(Buffer.from(expected.parts['manifest.json']!).toString()) as {
    search: unknown;
  };
  assert.deepEqual(manifest.search, JSON.parse(JSON.stringify(search)));
});

test('search: killed twice with kill -9 it goes on to the same bytes, at two threads too, without repeating fits', async () => {
  const place = placeLikeFirst({ HOLDFAST_THREADS: '2' });
  let before = 0;
  for (const more of [12, 25]) {
    const { child, ended } = place.start('train', '--json');
    while (linesOf(place).length < before + more) {
      assert.equal(child.exitCode, null, 'it ended before it could be killed');
      await pause(5);
    }
    child.kill('SIGKILL');
    await ended;
    before = linesOf(place).length;
  }
  const { summary, parts, stderr } = await trained(place);
  assert.match(stderr, /Going on with a search that was interrupted/);
  const fits = summary.search.trials.reduce((sum, { folds }) => sum + folds.length, 0);
  assert.ok(summary.search.resumedFits >= 30 && summary.search.resumedFits < fits);
  const kept = linesOf(place).filter((line) => line.includes('"fold"'));
  const keys = kept.map((line) => line.replace(/,"value".*/, ''));
  assert.equal(new Set(keys).size, keys.length, 'a fit was written twice');
  assert.equal(keys.length, fits);
  assert.deepEqual(told(summary), told(expected.summary));
  for (const name of learnedParts) assert.deepEqual(parts[name], expected.parts[name], name);
});

test('search: the same run once more gives the same bytes; one with another seed begins with what was best', async () => {
  const place = places[0]!;
  const again = await trained(place);
  assert.equal(again.summary.search.resumedFits, 0);
  for (const name of learnedParts) assert.deepEqual(again.parts[name], expected.parts[name], name);
  const other = await trained(place, '--seed', '43');
  const { search } = other.summary;
  assert.ok(search.fromEarlierRuns > 0 && search.warmStart);
  assert.deepEqual(search.trials[0]!.origin, 'earlier');
  const first = expected.summary.leaderboard[0]!;
  assert.deepEqual([search.trials[0]!.model, search.trials[0]!.params], [first.model, first.params]);
});

test('search: without warm start nothing is learned from earlier runs', async () => {
  const place = places[0]!;
  const file = place.path('cold.yaml');
  writeFileSync(
    file,
    readFileSync(place.path('holdfast.yaml'), 'utf8').replace(method, `${method}, warmStart: false`),
  );
  const { search } = (await trained(place, 'cold.yaml', '--seed', '44')).summary;
  assert.deepEqual([search.warmStart, search.fromEarlierRuns], [false, 0]);
  assert.ok(search.trials.every(({ origin }) => origin !== 'earlier'));
});
