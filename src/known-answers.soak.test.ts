/**
 * What `init` and `train` reach on the public tables, through the command line, against known answers.
 *
 * A result far above its band is as wrong as one below it: something has leaked.
 */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { readGolden } from '../golden/compare.ts';
import { sharedData } from '../tools/shared-data.ts';
import { newPlace, type Place } from './cli/testing/holdfast.ts';
import { eventTables } from './tasks/testing/event-tables.ts';

const seeds = [40, 41, 42, 43, 44];
const megabyte = 1024 * 1024;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const skipUnless = (...files: string[]): string | false =>
  files.every((file) => sharedData(file) !== undefined)
    ? false
    : 'the real tables stand beside the project only where it is developed';

interface Trained {
  readonly winner: string;
  readonly rocAuc: number;
  readonly bytes: number;
}

/** `init`, a change of the project file, and `train` once a seed. */
async function trainSeeds(
  initWords: readonly string[],
  change: (yaml: string) => string = (yaml) => yaml,
  wanted: readonly number[] = seeds,
): Promise<Trained[]> {
  using place = newPlace();
  const made = await place.run('init', ...initWords);
  assert.equal(made.exit, 0, made.stderr);
  const project = place.path('holdfast.yaml');
  writeFileSync(project, change(readFileSync(project, 'utf8')));
  return await trainHere(place, wanted);
}

async function trainHere(place: Place, wanted: readonly number[]): Promise<Trained[]> {
  const trained: Trained[] = [];
  for (const seed of wanted) {
    const run = await place.run('train', '--seed', String(seed), '--json');
    assert.ok(run.exit === 0 || run.exit === 3, run.stderr);
    const { holdout, model, leaderboard } = run.json<{
      holdout: { rocAuc: { value: number } };
      model: { file: string };
      leaderboard: { model: string; chosen: boolean }[];
    }>();
    trained.push({
      winner: leaderboard.find(({ chosen }) => chosen)!.model,
      rocAuc: holdout.rocAuc.value,
      bytes: statSync(resolve(place.folder, model.file)).size,
    });
  }
  return trained;
}

const told = (trained: readonly Trained[]): string =>
  trained
    .map(({ winner, rocAuc, bytes }) => `${winner} ${rocAuc.toFixed(4)} ${(bytes / megabyte).toFixed(1)} MB`)
    .join('; ');

describe('known answers', () => {
  test('telco: the winner is not below scikit-learn less 0.003, not far above it, and its file under 5 MB', {
    skip: skipUnless('telco.csv'),
  }, async (t) => {
    const theirs = readGolden<{ l2: Record<string, { mean: number }> }>('telco-holdout').l2['1']!.mean;
    const trained = await trainSeeds([sharedData('telco.csv')!, '--target', 'Churn']);
    const ours = mean(trained.map(({ rocAuc }) => rocAuc));
    t.diagnostic(`telco: ${told(trained)}; mean ${ours.toFixed(5)}, scikit-learn ${theirs.toFixed(5)}`);
    assert.ok(ours >= theirs - 0.003 && ours <= theirs + 0.02, String(ours));
    for (const { bytes } of trained) assert.ok(bytes < 5 * megabyte, `${bytes} bytes`);
  });

  test('bank: the winner is not below histogram boosting less 0.003, and not far above it', {
    skip: skipUnless('bank.csv'),
  }, async (t) => {
    const theirs = readGolden<{ mean: number }>('bank-holdout').mean;
    const sameRows = (yaml: string) => yaml.replace(/^split:.*$/m, 'split: { test: 0.2, validation: 0.16 }');
    const words = [sharedData('bank.csv')!, '--target', 'Exited', '--churned', '1'];
    const trained = await trainSeeds(words, sameRows);
    const ours = mean(trained.map(({ rocAuc }) => rocAuc));
    t.diagnostic(`bank: ${told(trained)}; mean ${ours.toFixed(5)}, scikit-learn ${theirs.toFixed(5)}`);
    assert.ok(ours >= theirs - 0.003 && ours <= theirs + 0.02, String(ours));
    for (const { bytes } of trained) assert.ok(bytes < 100 * megabyte, `${bytes} bytes`);
  });

  for (const [what, hasEmails, low, high] of [
    ['without the e-mail columns', false, 0.73, 0.77],
    ['with every column, against the warning,', true, 0.98, 1],
  ] as const) {
    test(`storedata: ${what} ${low} to ${high}`, { skip: skipUnless('storedata_total.csv') }, async (t) => {
      const yaml = readFileSync('config/store-three-families.yaml', 'utf8')
        .replaceAll('storedata_total.xlsx', sharedData('storedata_total.csv')!)
        .replace(
          /^( {4}(?:esent|eopenrate|eclickrate): \{.*?)( \})$/gm,
          hasEmails ? '$&' : '$1, use: none$2',
        );
      assert.equal(yaml.match(/use: none \}$/gm)?.length ?? 0, hasEmails ? 0 : 3);
      const trained = await trainProject(yaml);
      const ours = mean(trained.map(({ rocAuc }) => rocAuc));
      t.diagnostic(`storedata ${what} ${told(trained)}; mean ${ours.toFixed(4)}`);
      assert.ok(ours >= low && ours <= high, String(ours));
    });
  }

  for (const [name, file] of [
    ['cdnow', 'cdnow.csv'],
    ['retail', 'online_retail_2009.parquet'],
  ] as const) {
    test(`${name}: churn from the log alone is as hard as it should be`, {
      skip: skipUnless(file),
    }, async (t) => {
      const { source: _, ...events } = eventTables[name];
      const trained = await trainEvents(name, { source: sharedData(file)!, ...events });
      const ours = mean(trained.map(({ rocAuc }) => rocAuc));
      const golden = readGolden<{ retailRegression: { mean: number } }>('events').retailRegression.mean;
      const [low, high] = name === 'cdnow' ? [0.75, 0.79] : [golden - 0.01, golden + 0.03];
      t.diagnostic(
        `${name}: ${told(trained)}; mean ${ours.toFixed(4)}, allowed ${low.toFixed(4)} to ${high.toFixed(4)}`,
      );
      assert.ok(ours >= low && ours <= high, String(ours));
    });
  }
});

const trainEvents = (name: string, events: object): Promise<Trained[]> =>
  trainProject(JSON.stringify({ version: 1, project: name, data: { events } }));

async function trainProject(yaml: string): Promise<Trained[]> {
  using place = newPlace();
  writeFileSync(place.path('holdfast.yaml'), yaml);
  return await trainHere(place, seeds);
}
