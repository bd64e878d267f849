/** A workspace with a small trained model, its customers as a client would send them, and a server over both. */
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../app.ts';
import type { Contract } from '../../data/contract.ts';
import { writeProject } from '../../new-project.ts';
import { parseProject, trainSpecOf } from '../../project-file.ts';
import { type LiveModel, liveModel } from '../../serving/live-model.ts';
import type { Database } from '../../store/database/database.ts';
import { generateFile } from '../../tasks/generate.ts';
import { proposeContract } from '../../tasks/propose-contract.ts';
import { trainModel } from '../../tasks/train.ts';
import { type RunningServer, serve } from '../serve.ts';

export interface TrainedWorkspace extends AsyncDisposable {
  readonly app: App;
  readonly folder: string;
  readonly contract: Contract;
  /** Trains another model of the same name. */
  train(seed: number): Promise<void>;
  /** The customers of the file as JSON has them: columns of the contract and the id. */
  readonly customers: readonly Readonly<Record<string, string | number | boolean | null>>[];
}

/** What a test wants otherwise in the contract that `init` proposes. */
export type ChangeContract = (contract: Contract) => Contract;
/** Other names of made columns, by the names that they have. */
export type ColumnNames = Readonly<Record<string, string>>;

/** 600 made customers and a logistic regression: a second's work. Files of one test run share what the first made. */
export async function trainedWorkspace(
  env: Readonly<Record<string, string>> = {},
  change?: ChangeContract,
  columns?: ColumnNames,
): Promise<TrainedWorkspace> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-api-'));
  const run = process.env.HOLDFAST_TEST_RUN;
  const isPlain = change === undefined && columns === undefined && Object.keys(env).length === 0;
  const shared = run === undefined || !isPlain ? undefined : join(run, 'served');
  const open = () =>
    openApp({
      cwd: folder,
      env: { HOLDFAST_HOME: join(folder, 'home'), HOLDFAST_THREADS: '1', ...env },
    });
  if (shared !== undefined && existsSync(shared)) cpSync(shared, folder, { recursive: true });
  else {
    await describeCustomers(folder, change, columns);
    const app = open();
    await trainIn(folder, app, 42);
    // Closed, so that what is copied is whole.
    await app.close();
    if (shared !== undefined) shareFolder(folder, shared);
  }
  const app = open();
  const contract = JSON.parse(readFileSync(join(folder, 'contract.json'), 'utf8')) as Contract;
  return {
    app,
    folder,
    contract,
    train: (seed) => trainIn(folder, app, seed),
    customers: customersOf(readFileSync(join(folder, 'customers.csv'), 'utf8'), contract),
    async [Symbol.asyncDispose]() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes `customers.csv`, `contract.json` and `holdfast.yaml`. */
async function describeCustomers(
  folder: string,
  change: ChangeContract = (one) => one,
  columns: ColumnNames = {},
): Promise<void> {
  const file = join(folder, 'customers.csv');
  await generateFile({ out: file, rows: 600, seed: 3 });
  renameColumns(file, columns);
  const proposed = await proposeContract({
    path: file,
    source: 'customers.csv',
    target: 'churned',
  });
  const contract = change(proposed.contract);
  writeFileSync(join(folder, 'contract.json'), JSON.stringify(contract));
  writeFileSync(join(folder, 'holdfast.yaml'), writeProject('made', contract, proposed.remarks));
}

function renameColumns(file: string, columns: ColumnNames): void {
  const [header = '', ...lines] = readFileSync(file, 'utf8').split('\n');
  const names = header.split(',').map((name) => (Object.hasOwn(columns, name) ? columns[name]! : name));
  writeFileSync(file, [names.join(','), ...lines].join('\n'));
}

async function trainIn(folder: string, app: App, seed: number): Promise<void> {
  const file = join(folder, 'holdfast.yaml');
  const spec = trainSpecOf(parseProject(readFileSync(file, 'utf8'), 'holdfast.yaml'), file);
  await trainModel(
    {
      ...spec,
      split: { ...spec.split, seed },
      train: { ...spec.train, folds: 2, candidates: { 'logistic-regression': {} } },
    },
    app,
  );
}

/** Whole or not at all: two processes may have trained at the same time. */
function shareFolder(folder: string, shared: string): void {
  const draft = `${shared}.${process.pid}`;
  cpSync(folder, draft, { recursive: true });
  try {
    renameSync(draft, shared);
  } catch {
    rmSync(draft, { recursive: true });
  }
}

/** Cells that hold no quotes, as the generator writes them. */
function customersOf(csv: string, contract: Contract): TrainedWorkspace['customers'] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(
      names
        .map((name, i) => [name, cellValue(cells[i]!, contract.columns[name]?.kind)] as const)
        .filter(([name]) => name === contract.id || contract.columns[name] !== undefined),
    );
  });
}

function cellValue(cell: string, kind: string | undefined): string | number | boolean | null {
  if (cell === '') return null;
  if (kind === 'number') return Number(cell);
  return kind === 'boolean' ? cell === 'true' : cell;
}

export interface ServedWorkspace extends TrainedWorkspace {
  readonly server: RunningServer;
  readonly database: Database;
  /** The model, ready to answer. */
  readonly liveModel: LiveModel;
  /** Sends JSON; text is sent as it is. */
  post<Body = Record<string, unknown>>(url: string, body: unknown): Promise<Answered<Body>>;
}

export interface Answered<Body> {
  readonly status: number;
  readonly type: string | null;
  readonly body: Body;
}

/** A server over the newest model of a new workspace, on a free port. */
export async function servedWorkspace(
  change?: ChangeContract,
  columns?: ColumnNames,
): Promise<ServedWorkspace> {
  const workspace = await trainedWorkspace({}, change, columns);
  const server = await serve(workspace.app, {
    host: '127.0.0.1',
    port: 0,
    model: 'latest',
    durability: 'full',
  });
  return {
    ...workspace,
    server,
    database: await workspace.app.database(),
    liveModel: liveModel(await workspace.app.models.load('latest'), null, workspace.app.catalogue),
    async post<Body>(url: string, body: unknown) {
      const response = await fetch(`${server.url}${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const { status, headers } = response;
      return { status, type: headers.get('content-type'), body: (await response.json()) as Body };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await workspace[Symbol.asyncDispose]();
    },
  };
}
