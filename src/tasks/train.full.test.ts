/** Training as a function with the real ports behind it: a temporary workspace, real files, 500 made customers. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type App, openApp } from '../app.ts';
import { UnavailableError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { metricById } from '../evaluation/metrics/all.ts';
import { prepareSample } from '../evaluation/sample.ts';
import { score } from '../learn/fit.ts';
import { writeProject } from '../new-project.ts';
import { parseProject, trainSpecOf } from '../project-file.ts';
import { readZip, type ZipParts } from '../store/zip.ts';
import type { Dataset } from '../table/dataset.ts';
import { customerKeys } from './customer-keys.ts';
import { generateFile } from './generate.ts';
import { type Progress, silentProgress } from './ports.ts';
import { proposeContract } from './propose-contract.ts';
import { prepareData } from './train/prepare.ts';
import type { TrainSpec } from './train/spec.ts';
import type { TrainSummary } from './train/summary.ts';
import { trainModel } from './train.ts';

const rows = 500;
const folds = 3;
/** Parts of a model file that hold nothing of time, place or identity. */
const learnedParts = ['pipeline.json', 'weights.bin', 'reference.json', 'golden.json'] as const;

describe('train', () => {
  let folder: string;
  let customers: string;
  let base: TrainSpec;
  let first: { spec: TrainSpec; summary: TrainSummary; app: App };
  const apps: App[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-train-'));
    customers = join(folder, 'customers.csv');
    await generateFile({ out: customers, rows, seed: 7 });
    const { contract, remarks } = await proposeContract({
      path: customers,
      source: 'customers.csv',
      target: 'churned',
    });
    const projectFile = join(folder, 'holdfast.yaml');
    const project = parseProject(writeProject('made', contract, remarks), 'holdfast.yaml');
    base = {
      ...trainSpecOf(project, projectFile),
      train: {
        ...project.train,
        folds,
        candidates: { prior: {}, 'logistic-regression': { l2: [1, 100] } },
      },
    };
    const app = newApp();
    first = { spec: base, summary: await trainModel(base, app), app };
  });
  after(async () => {
    for (const app of apps) await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  let homes = 0;
  /** The application over an empty workspace. */
  function newApp(more: { progress?: Progress; signal?: AbortSignal } = {}): App & { readonly home: string } {
    const home = join(folder, `home-${homes++}`);
    const env = { HOLDFAST_HOME: home, HOLDFAST_THREADS: '1' };
    const app = openApp({ progress: silentProgress, cwd: folder, env, ...more });
    apps.push(app);
    return { ...app, home };
  }

  /** A copy of the customers in which the lines are other ones. */
  async function otherCustomers(
    name: string,
    change: (cells: string[], row: number, header: readonly string[]) => string[],
  ): Promise<string> {
    const [header, ...lines] = (await readFile(customers, 'utf8')).trimEnd().split('\n');
    const names = header!.split(',');
    const changed = lines.map((line, row) => change(line.split(','), row, names).join(','));
    const path = join(folder, name);
    await writeFile(path, `${[header, ...changed].join('\n')}\n`);
    return path;
  }

  const prepared = (spec: TrainSpec) =>
    prepareData(spec.project, spec.sourcePath, spec.data, spec.split, createRandom(spec.split.seed));

  test('train: the summary has the promised keys, every metric with its interval around it', () => {
    const { summary } = first;
    assert.equal(
      Object.keys(summary).join(' '),
      'model best leaderboard search stability parts holdout threshold decisions gate findings seconds report registered',
    );
    assert.equal(Object.keys(summary.model).join(' '), 'id label name file');
    assert.match(summary.model.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(summary.model.label, /^\d{8}\.([0-9a-f]{7}|nogit)(\.\d+)?$/);
    assert.equal(summary.model.name, 'made');
    assert.ok(existsSync(summary.model.file) && summary.model.file.endsWith('.holdfast'));
    assert.ok(existsSync(summary.report) && summary.report.endsWith('.html'));
    const { rows: judged, ...metrics } = summary.holdout;
    assert.equal(judged, 75);
    assert.equal(
      Object.keys(metrics).sort().join(' '),
      'accuracy brier ece f1 logLoss prAuc precision recall rocAuc',
    );
    for (const [name, { value, low, high }] of Object.entries(metrics)) {
      assert.ok(low < high && Number.isFinite(value), name);
      if (name !== 'ece') assert.ok(low <= value && value <= high, `${name}: ${value} in ${low} to ${high}`);
    }
    assert.equal(summary.threshold.by, 'f1');
    assert.ok(summary.threshold.value > 0 && summary.threshold.value < 1);
    for (const check of summary.gate.checks)
      assert.equal(Object.keys(check).sort().join(' '), 'limit name passed reason value');
    assert.ok(summary.seconds > 0);
  });

  test('train: exactly one row of the leaderboard is chosen, and it is the best', () => {
    const { leaderboard, best } = first.summary;
    assert.equal(leaderboard.length, 3);
    for (const [position, row] of leaderboard.entries()) {
      assert.equal(Object.keys(row).join(' '), 'rank model params metric mean sd folds seconds chosen');
      assert.equal(row.rank, position + 1);
      assert.equal(row.folds.length, folds);
      assert.ok(Math.abs(row.folds.reduce((sum, value) => sum + value, 0) / folds - row.mean) < 1e-15);
      assert.ok(row.mean <= (leaderboard[position - 1]?.mean ?? 1));
    }
    const chosen = leaderboard.filter((row) => row.chosen);
    assert.deepEqual(
      chosen.map(({ model, params }) => ({ model, params })),
      [best],
    );
    assert.equal(best.model, 'logistic-regression');
    assert.deepEqual(leaderboard.at(-1)!.folds, [0.5, 0.5, 0.5]);
    assert.equal(leaderboard.at(-1)!.model, 'prior');
  });

  test('train: what the saved model scores on the hold-out is what the summary says', async () => {
    const { summary, app, spec } = first;
    const model = await app.models.load('latest');
    assert.deepEqual(model.manifest.model.id, summary.model.id);
    const { holdout, training, validation } = (await prepared(spec)).parts;
    assert.equal(holdout.table.rowCount, summary.holdout.rows);
    assert.equal(training.table.rowCount + validation.table.rowCount + holdout.table.rowCount, rows);
    const scores = score(model.fitted, holdout.table, app.catalogue);
    const sample = prepareSample(holdout.labels, scores, summary.threshold.value);
    for (const [id, key] of [
      ['roc-auc', 'rocAuc'],
      ['log-loss', 'logLoss'],
      ['f1', 'f1'],
    ] as const) {
      assert.equal(metricById(id).compute(sample), summary.holdout[key].value);
    }
    const known = (part: Dataset): number => {
      const keys = [...customerKeys(part, 'id')];
      return keys.filter((key) => model.knowsTrainingKey(key)).length;
    };
    assert.equal(known(training) + known(validation), 425);
    // The filter is wrong in 1% of cases: 7 or more of 75 would be a chance below 1 in 10,000.
    assert.ok(known(holdout) < 7);
  });

  test('train: copied rows and outcomes that are none are told in the findings and the notes', async () => {
    const random = createRandom(5);
    const noise = Array.from({ length: 100 }, () =>
      [random.normal(), random.normal(), ['Yes', 'No', 'yes', 'Unknown'][random.integer(4)]].join(','),
    );
    const path = join(folder, 'copies.csv');
    await writeFile(path, `x,z,Churn\n${random.shuffle([1, 2, 3, 4].flatMap(() => noise)).join('\n')}\n`);
    const text = `version: 1\nproject: copies\ndata:\n  source: copies.csv\n  target: { column: Churn, churned: "Yes" }\n  columns: { x: { kind: number }, z: { kind: number } }\ntrain: { folds: 3, candidates: { prior: {} } }\n`;
    const spec = trainSpecOf(parseProject(text, 'holdfast.yaml'), join(folder, 'holdfast.yaml'));
    const { findings } = await trainModel(spec, newApp());
    const told = new Map(findings.map(({ code, severity, message }) => [code, { severity, message }]));
    assert.equal(told.get('duplicate.row')?.severity, 'warn');
    assert.match(told.get('duplicate.row')!.message, /^300 rows are copies of an earlier one \(75\.0%\)/);
    assert.equal(told.get('target.spelling')?.severity, 'block');
    assert.match(told.get('target.spelling')!.message, /^Churn: "yes" \(\d+ rows\) would count as stayed/);
    assert.match(told.get('target.other-outcomes')!.message, /"Unknown" is no outcome/);
  });

  test('train: a date without a features step and a column outside the contract become findings', async () => {
    const { region: _, ...columns } = base.data.columns;
    const summary = await trainModel({ ...base, data: { ...base.data, columns } }, newApp());
    const found = (code: string) => summary.findings.filter((finding) => finding.code === code);
    assert.deepEqual(
      found('column.left-out').map(({ column, severity }) => [column, severity]),
      [['signupDate', 'note']],
    );
    assert.match(found('column.unknown')[0]!.message, /region/);
  });

  test('train: a model that the gate refuses is kept and reported, and is not the latest', async () => {
    const app = newApp();
    const strict = { ...base, gate: { ...base.gate, rocAuc: 0.99 } };
    const refused = await trainModel(strict, app);
    assert.equal(refused.gate.passed, false);
    const failed = refused.gate.checks.filter(({ passed }) => !passed);
    assert.deepEqual(
      failed.map(({ name, limit, value }) => [name, limit, value]),
      [['rocAuc', 0.99, refused.holdout.rocAuc.value]],
    );
    assert.ok(existsSync(refused.report));
    assert.equal((await app.models.load(refused.model.file)).manifest.gate.passed, false);
    await assert.rejects(app.models.load('latest'), { code: 'model.not-found' });

    const passed = await trainModel(base, app);
    assert.equal(passed.gate.passed, true);
    const again = await trainModel(strict, app);
    assert.equal((await app.models.load('latest')).manifest.model.id, passed.model.id);
    assert.equal(new Set([refused, passed, again].map(({ model }) => model.label)).size, 3);
    assert.deepEqual((await app.models.list()).map((entry) => entry.passed).sort(), [false, false, true]);
  });

  const refusals: readonly {
    readonly title: string;
    readonly spec: () => Promise<TrainSpec>;
    readonly error: object;
  }[] = [
    {
      title: 'a target of one class is refused by its name',
      spec: async () => ({
        ...base,
        sourcePath: await otherCustomers('one-class.csv', (cells) => [...cells.slice(0, -1), 'no']),
      }),
      error: { code: 'data.one-class', fields: { column: 'churned', churned: 0 } },
    },
    {
      title: 'too few leavers for the parts are refused with their counts',
      spec: async () => ({
        ...base,
        sourcePath: await otherCustomers('few.csv', (cells, row) => [
          ...cells.slice(0, -1),
          row < 5 ? 'yes' : 'no',
        ]),
      }),
      error: { code: 'data.too-few' },
    },
    {
      title: 'rows that break the contract are refused with their count and columns',
      spec: async () => ({
        ...base,
        sourcePath: await otherCustomers('broken.csv', (cells, row, header) =>
          cells.map((cell, c) => (header[c] === 'monthlyCharge' && row % 100 === 3 ? 'a lot' : cell)),
        ),
      }),
      error: { code: 'contract.broken', fields: { rows: 5, columns: ['monthlyCharge'] } },
    },
    {
      title: 'a repeated id is refused with its column and count',
      spec: async () => ({
        ...base,
        sourcePath: await otherCustomers('twice.csv', (cells, row) => [
          row < 3 ? 'C-0' : cells[0]!,
          ...cells.slice(1),
        ]),
      }),
      error: { code: 'data.duplicate-id', fields: { column: 'customerId', rows: 2 } },
    },
    {
      title: 'columns that the contract needs and the table lacks are refused by name',
      spec: async () => ({
        ...base,
        data: { ...base.data, columns: { ...base.data.columns, loyalty: base.data.columns.region! } },
      }),
      error: { code: 'contract.missing-column', fields: { columns: ['loyalty'] } },
    },
    {
      title: 'a contract without any feature is refused',
      spec: async () => ({
        ...base,
        data: {
          ...base.data,
          columns: Object.fromEntries(
            Object.entries(base.data.columns).map(([name, rule]) => [
              name,
              { ...rule, use: 'none' as const },
            ]),
          ),
        },
      }),
      error: { code: 'data.no-features' },
    },
    {
      title: 'a contract whose only feature is a date is refused',
      spec: async () => ({
        ...base,
        data: { ...base.data, columns: { signupDate: base.data.columns.signupDate! } },
      }),
      error: { code: 'data.no-features' },
    },
  ];

  for (const { title, spec, error } of refusals) {
    test(`train: ${title}, and nothing is saved`, async () => {
      const app = newApp();
      const refused = trainModel(await spec(), app);
      await assert.rejects(refused, error);
      await assert.rejects(refused, ({ message }: Error) => !/a lot|C-0/.test(message));
      assert.deepEqual(await filesIn(app.home), []);
    });
  }

  for (const moment of ['Reading', 'Comparing', 'a fit', 'Judging']) {
    test(`train: stopped at ${moment} it ends with work.stopped and leaves no file`, async () => {
      const stopping = new AbortController();
      const heard: string[] = [];
      const hear = (what: string): void => {
        heard.push(what);
        if (what.startsWith(moment)) stopping.abort(new UnavailableError('work.stopped', 'stopped'));
      };
      const progress: Progress = { step: hear, tick: () => hear('a fit') };
      const app = newApp({ progress, signal: stopping.signal });
      await assert.rejects(trainModel(base, app), { code: 'work.stopped' });
      assert.ok(heard.some((what) => what.startsWith(moment)));
      assert.ok(!heard.includes('Explaining and saving'));
      // But what the search has tried: the next run goes on from it.
      const left = (await filesIn(app.home)).filter((name) => !name.endsWith('.jsonl'));
      assert.deepEqual(left, []);
    });
  }

  describe('train: who sees what', () => {
    /** Trains with other feature values for the chosen customers; outcomes, and so the parts, stay as they are. */
    async function trainWithOthersAs(name: string, ids: readonly string[]): Promise<TrainSummary> {
      const chosen = new Set(ids);
      const sourcePath = await otherCustomers(`${name}.csv`, (cells, _, header) =>
        chosen.has(cells[0]!)
          ? cells.map((cell, c) => otherValue(cell, header[c]!, base.data.columns[header[c]!]?.kind))
          : cells,
      );
      return trainModel({ ...base, sourcePath }, newApp());
    }

    test('other feature values in the hold-out change what is judged, and no byte of what was learned', async () => {
      const { holdout } = (await prepared(base)).parts;
      const changed = await trainWithOthersAs('other-holdout', holdout.ids!);
      const before = await partsOf(first.summary.model.file);
      const after = await partsOf(changed.model.file);
      for (const part of learnedParts) assert.ok(sameBytes(after[part], before[part]), part);
      assert.deepEqual(
        changed.leaderboard.map(withoutSeconds),
        first.summary.leaderboard.map(withoutSeconds),
      );
      assert.deepEqual(changed.threshold, first.summary.threshold);
      assert.ok(changed.holdout.rocAuc.value < first.summary.holdout.rocAuc.value - 0.05);
    });

    test('other feature values in the validation part change no byte of what was learned', async () => {
      const { validation } = (await prepared(base)).parts;
      const changed = await trainWithOthersAs('other-validation', validation.ids!);
      const before = await partsOf(first.summary.model.file);
      const after = await partsOf(changed.model.file);
      for (const part of learnedParts) assert.ok(sameBytes(after[part], before[part]), part);
      assert.notDeepEqual(changed.threshold, first.summary.threshold);
    });

    test('other feature values of one training customer change what was learned', async () => {
      const { training } = (await prepared(base)).parts;
      const changed = await trainWithOthersAs('other-training', training.ids!.slice(0, 1));
      const before = await partsOf(first.summary.model.file);
      const after = await partsOf(changed.model.file);
      assert.ok(!sameBytes(after['weights.bin'], before['weights.bin']));
      assert.ok(!sameBytes(after['reference.json'], before['reference.json']));
      assert.deepEqual(changed.holdout.rows, first.summary.holdout.rows);
    });
  });
});

/** A value of the same kind that no customer had. */
function otherValue(cell: string, name: string, kind: string | undefined): string {
  if (kind === undefined || name === 'customerId' || name === 'churned') return cell;
  if (kind === 'number') return String(1e6 + 1000 * Number(cell));
  if (kind === 'boolean') return cell === 'true' ? 'false' : 'true';
  return kind === 'time' ? '1999-12-31' : 'a level of its own';
}

const withoutSeconds = <Row extends { readonly seconds: number }>({ seconds: _, ...row }: Row) => row;

/** Compared here, not by assert: telling two long byte arrays apart line by line takes it minutes. */
const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;

const partsOf = async (file: string): Promise<ZipParts> => readZip('test', await readFile(file));

/** Every file below a folder, by name; a folder that is not there has none. */
async function filesIn(home: string): Promise<string[]> {
  if (!existsSync(home)) return [];
  const found = await readdir(home, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}
