/** Same data, project file and seed give the same model to the byte: through the command line, process by process. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';
import { sharedData } from '../../tools/shared-data.ts';
import { readZip, type ZipParts } from '../store/zip.ts';
import type { TrainSummary } from './train/summary.ts';

/** Parts of a model file that hold nothing of time, place or identity. */
const learnedParts = ['pipeline.json', 'weights.bin', 'reference.json', 'golden.json'] as const;
const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const run = promisify(execFile);

describe('determinism', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-determinism-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs a command in a workspace of its own; gives what it says as JSON, and whether it started worker threads. */
  async function holdfast<Answer>(
    home: string,
    words: readonly string[],
    threads = 1,
  ): Promise<{ answer: Answer; startedWorkers: boolean }> {
    const { stdout, stderr } = await run(process.execPath, [main, ...words, '--json'], {
      cwd: folder,
      env: {
        ...process.env,
        HOLDFAST_HOME: join(folder, home),
        HOLDFAST_THREADS: String(threads),
        // Node tells of every worker that it creates.
        NODE_DEBUG: 'worker',
      },
      maxBuffer: 1 << 26,
    });
    return { answer: JSON.parse(stdout) as Answer, startedWorkers: /created Worker/.test(stderr) };
  }

  /** `init`, then these candidates instead of those that it proposes. */
  async function initProject(
    file: string,
    words: readonly string[],
    candidates: Readonly<Record<string, object>>,
  ): Promise<void> {
    await holdfast('home-init', ['init', ...words, '--out', file]);
    const document = parseDocument(await readFile(join(folder, file), 'utf8'));
    document.setIn(['train', 'candidates'], candidates);
    await writeFile(join(folder, file), document.toString());
  }

  async function trained(home: string, words: readonly string[], threads = 1) {
    const { answer, startedWorkers } = await holdfast<TrainSummary>(home, ['train', ...words], threads);
    const parts = await readZip('test', await readFile(answer.model.file));
    return { summary: answer, parts, startedWorkers };
  }

  test('train: 1 and 2 threads, another process and a new workspace give the same bytes; another seed others', async (t) => {
    await holdfast('home-init', ['generate', 'made.csv', '--rows', '4000', '--seed', '11']);
    // Threads are started for a second of fits or more: these are two to three. Small forests judge quickly.
    await initProject('made.yaml', ['made.csv', '--target', 'churned'], {
      prior: {},
      'random-forest': { trees: 80, maxDepth: 12, minLeaf: [1, 2, 3, 5, 10] },
    });
    const first = await trained('home-1', ['made.yaml']);
    const again = await trained('home-2', ['made.yaml']);
    const threaded = await trained('home-3', ['made.yaml'], 2);
    const seeded = await trained('home-4', ['made.yaml', '--seed', '43'], 2);
    const seconds = first.summary.leaderboard.reduce((sum, row) => sum + row.seconds, 0);
    t.diagnostic(`fits took ${seconds.toFixed(1)} s of CPU; ${sizesOf(first.parts)}`);
    assert.equal(first.startedWorkers, false);
    assert.ok(threaded.startedWorkers || seconds < 1.5, 'two threads were allowed and none was started');
    assert.equal(first.summary.best.model, 'random-forest');
    for (const part of learnedParts) {
      assert.ok(first.parts[part]!.length > 100, part);
      assert.ok(sameBytes(again.parts[part], first.parts[part]), `${part} of a second run`);
      assert.ok(sameBytes(threaded.parts[part], first.parts[part]), `${part} of two threads`);
      assert.ok(!sameBytes(seeded.parts[part], first.parts[part]), `${part} of another seed`);
    }
    for (const other of [again, threaded]) {
      assert.deepEqual(withoutTime(other.summary), withoutTime(first.summary));
      assert.notEqual(other.summary.model.id, first.summary.model.id);
    }
  });

  const telco = { csv: sharedData('telco.csv'), parquet: sharedData('telco.parquet') };
  const skip =
    telco.csv && telco.parquet
      ? false
      : 'the real tables stand beside the project only where it is developed';

  test('telco: CSV and Parquet give the same model and the same scored lists, to the byte', {
    skip,
  }, async (t) => {
    const models: { summary: TrainSummary; parts: ZipParts }[] = [];
    for (const format of ['csv', 'parquet'] as const) {
      await initProject(`${format}.yaml`, [telco[format]!, '--target', 'Churn'], {
        'logistic-regression': { l2: [0.1, 1, 10] },
      });
      models.push(await trained(`home-${format}`, [`${format}.yaml`]));
    }
    const [csv, parquet] = models;
    t.diagnostic(sizesOf(csv!.parts));
    for (const part of learnedParts) assert.ok(sameBytes(parquet!.parts[part], csv!.parts[part]), part);
    const { model: _, ...judged } = withoutTime(csv!.summary);
    const { model: __, ...alsoJudged } = withoutTime(parquet!.summary);
    assert.deepEqual(alsoJudged, judged);

    const lists: Buffer[] = [];
    for (const { summary } of models) {
      for (const format of ['csv', 'parquet'] as const) {
        const out = `scored-${lists.length}.csv`;
        const words = ['score', summary.model.file, telco[format]!, out, '--reasons', '3'];
        const { answer } = await holdfast<{ scored: number }>('home-score', words);
        assert.equal(answer.scored, 7043);
        lists.push(await readFile(join(folder, out)));
      }
    }
    assert.equal(lists[0]!.toString().trimEnd().split('\n').length, 7044);
    for (const list of lists.slice(1)) assert.ok(list.equals(lists[0]!));
  });
});

/** A summary without what names time, place or identity. */
function withoutTime({ seconds: _, report: __, leaderboard, model, search, ...rest }: TrainSummary) {
  return {
    ...rest,
    model: model.name,
    search: { ...search, trials: search.trials.map(({ seconds: _seconds, ...trial }) => trial) },
    leaderboard: leaderboard.map(({ seconds: _seconds, ...row }) => row),
  };
}

/** Compared here, not by assert: telling two long byte arrays apart line by line takes it minutes. */
const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;

const sizesOf = (parts: ZipParts): string =>
  learnedParts.map((part) => `${part} ${parts[part]!.length} bytes`).join(', ');
