/** The Python servers of the comparison: their environment with every version pinned, their model, how they start. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/store/testing/free-port.ts';
import { type Contender, startServer } from './server.ts';
import { telcoFile } from './telco-rows.ts';

const scripts = fileURLToPath(new URL('peers/', import.meta.url));
const pins = join(scripts, 'requirements.txt');
const environment = fileURLToPath(new URL('../../.cache/serving-peers/', import.meta.url));
const program = (name: string): string => join(environment, 'bin', name);
/** One thread each: threads for a single row only cost. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

export interface Peers {
  readonly sklearn: Contender;
  readonly compiled: Contender;
  readonly mlflow: Contender;
  /** Of the model that all three serve. */
  readonly trees: number;
  readonly leaves: number;
  /** Name and version of what matters. */
  readonly versions: readonly string[];
}

/** Makes what is missing; fits the model into `folder`. */
export function pythonPeers(folder: string, trees: number): Peers {
  prepareEnvironment();
  mkdirSync(folder, { recursive: true });
  const told = execFileSync(
    program('python'),
    [join(scripts, 'telco.py'), telcoFile, folder, String(trees)],
    {
      encoding: 'utf8',
      env: { ...process.env, ...oneThread },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const model = JSON.parse(told.trim().split('\n').at(-1)!) as { trees: number; leaves: number };
  const expected = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as number[];
  const log = join(folder, 'log.db');
  const fastApi = (
    name: string,
    module: string,
    tolerance: number,
    logged: Contender['logged'],
  ): Contender => ({
    name,
    path: '/predict',
    bodyOf: (row) => JSON.stringify(row),
    scoreOf: (text) => (JSON.parse(text) as { churnProbability: number }).churnProbability,
    expected,
    tolerance,
    logged,
    async start() {
      const port = await freePort();
      const words = ['-m', 'uvicorn', `${module}:app`, '--port', String(port), '--workers', '1'];
      return startServer({
        command: program('python'),
        words: [...words, '--log-level', 'warning', '--no-access-log'],
        cwd: scripts,
        env: { ...oneThread, PEER_FOLDER: folder, PEER_LOG: log },
        port,
        readyPath: '/ready',
      });
    },
  });
  return {
    ...model,
    sklearn: fastApi('FastAPI + scikit-learn', 'fastapi_sklearn', 0, null),
    // Sums of 200 leaves in another order differ in the last digits.
    compiled: fastApi('FastAPI + compiled trees + log', 'fastapi_compiled', 1e-12, () => rowsIn(log)),
    mlflow: {
      name: 'mlflow models serve',
      path: '/invocations',
      bodyOf: (row) => JSON.stringify({ dataframe_records: [row] }),
      scoreOf: (text) => (JSON.parse(text) as { predictions: number[][] }).predictions[0]![1]!,
      expected,
      tolerance: 0,
      logged: null,
      async start() {
        const port = await freePort();
        const words = ['models', 'serve', '-m', join(folder, 'mlflow'), '--env-manager', 'local'];
        return startServer({
          command: program('mlflow'),
          words: [...words, '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
          cwd: folder,
          // It calls uvicorn by its name.
          env: { ...oneThread, PATH: `${join(environment, 'bin')}:${process.env.PATH ?? ''}` },
          port,
          readyPath: '/ping',
        });
      },
    },
    versions: versionsOf([
      'fastapi',
      'uvicorn',
      'pydantic',
      'scikit-learn',
      'pandas',
      'treelite',
      'tl2cgen',
      'mlflow',
    ]),
  };
}

function prepareEnvironment(): void {
  const done = join(environment, 'requirements.txt');
  if (existsSync(done) && readFileSync(done, 'utf8') === readFileSync(pins, 'utf8')) return;
  rmSync(environment, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', pins];
  execFileSync(program('python'), install, { stdio: 'inherit' });
  copyFileSync(pins, done);
}

function rowsIn(path: string): number {
  if (!existsSync(path)) return 0;
  const file = new DatabaseSync(path, { readOnly: true });
  const { count } = file.prepare('select count(*) as count from prediction').get() as { count: number };
  file.close();
  return count;
}

const versionsOf = (names: readonly string[]): string[] =>
  readFileSync(pins, 'utf8')
    .split('\n')
    .filter((line) => names.includes(line.split('==')[0]!))
    .map((line) => line.replace('==', ' '));
