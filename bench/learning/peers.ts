/**
 * The Python libraries that the benches are measured beside: their environment with every version pinned, made by itself
 * under .cache/bench-peers; and one process of them that has the rows and answers what it is asked.
 *
 * The table goes over as a file (`hand-over.ts`), a question as a line. One process answers all repetitions: imports and
 * reading stand in no time, and who is asked by turns with Holdfast meets the same machine.
 */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Plain } from '../../src/base/plain.ts';
import { takenBy } from '../measure/process-tree.ts';
import type { Repetition } from './measure.ts';

const pins = fileURLToPath(new URL('requirements.txt', import.meta.url));
const scripts = fileURLToPath(new URL('peers/', import.meta.url));
const environment = fileURLToPath(new URL('../../.cache/bench-peers/', import.meta.url));

export interface Peer {
  /**
   * Runs a function of the script. CPU and wall seconds are those of its `with Timed()`; with `countsProcesses` CPU is
   * that of the whole process tree, in hundredths of a second, for what starts processes of its own (`n_jobs=2`).
   */
  ask(task: string, args?: Readonly<Record<string, Plain>>, how?: AskOptions): Promise<Repetition>;
  stop(): Promise<void>;
}

export interface AskOptions {
  readonly countsProcesses?: boolean;
}

export interface PeerOptions {
  /** `NAME.py` of the folder peers. */
  readonly script: string;
  /** What `handOver` wrote. */
  readonly folder: string;
  /** Of BLAS and OpenMP; by default 1. */
  readonly threads?: number;
}

/** Starts a Python process that has read the rows; stop it, or it waits for ever. */
export async function startPeer({ script, folder, threads = 1 }: PeerOptions): Promise<Peer> {
  const python = preparePython();
  const child = spawn(python, ['-u', join(scripts, `${script}.py`), folder], {
    env: {
      ...process.env,
      OPENBLAS_NUM_THREADS: String(threads),
      OMP_NUM_THREADS: String(threads),
      MKL_NUM_THREADS: String(threads),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONWARNINGS: 'ignore',
    },
  });
  return talkTo(child, script);
}

function talkTo(child: ChildProcessWithoutNullStreams, script: string): Peer {
  let told = '';
  child.stderr.on('data', (text) => {
    told = (told + String(text)).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  // Who has died is told of by the lines that end, not by a pipe that breaks.
  child.stdin.on('error', () => {});
  return {
    async ask(task, args = {}, { countsProcesses = false } = {}) {
      const before = countsProcesses ? takenBy(child.pid!).cpuSeconds : 0;
      child.stdin.write(`${JSON.stringify({ task, args })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script}.py ended before it answered ${task}: ${told}`);
      const answer = JSON.parse(value) as Repetition & { readonly error?: string };
      if (answer.error !== undefined) throw new Error(`${script}.py: ${task}: ${answer.error}`);
      return countsProcesses ? { ...answer, cpuSeconds: takenBy(child.pid!).cpuSeconds - before } : answer;
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Makes the environment when it is missing or its pins have changed; answers the path of its Python. */
export function preparePython(): string {
  const python = join(environment, 'bin', 'python');
  const done = join(environment, 'requirements.txt');
  if (existsSync(done) && readFileSync(done, 'utf8') === readFileSync(pins, 'utf8')) return python;
  console.error(
    'bench: making the Python environment of the peers in .cache/bench-peers (some minutes, once)',
  );
  // A stopped one leaves nothing half done: it gets its name when it is whole.
  const draft = `${environment.slice(0, -1)}.${process.pid}`;
  mkdirSync(dirname(draft), { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', draft], { stdio: 'inherit' });
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', pins];
    execFileSync(join(draft, 'bin', 'python'), install, { stdio: 'inherit' });
    copyFileSync(pins, join(draft, 'requirements.txt'));
    rmSync(environment, { recursive: true, force: true });
    renameSync(draft, environment);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return python;
}

/** Name and version of those that are measured. */
export function peerVersions(): string[] {
  const measured =
    /^(scikit-learn|lightgbm|xgboost(-cpu)?|catboost|shap|flaml|onnxruntime|optuna|pandas|numpy)==/i;
  return readFileSync(pins, 'utf8')
    .split('\n')
    .filter((line) => measured.test(line))
    .map((line) => line.replace('==', ' '));
}
