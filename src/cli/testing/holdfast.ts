/** Runs the command line in a folder of its own, for tests: in a process of its own, or here, which is quicker. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../run.ts';

export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output read as JSON; throws when it is not one JSON value. */
  json<T = Record<string, unknown>>(): T;
}

export interface Place extends Disposable {
  readonly folder: string;
  path(name: string): string;
  /** `holdfast` with these words, in the folder, as a process of its own. */
  run(...words: string[]): Promise<Ended>;
  /** The same in this process: a tenth of the time, for what does not need signals, pipes or memory of its own. */
  runHere(...words: string[]): Promise<Ended>;
  /** The same from a folder below, or with more environment. */
  runHereWith(
    change: { readonly below?: string; readonly env?: Readonly<Record<string, string>> },
    ...words: string[]
  ): Promise<Ended>;
  /** Starts a process and hands it over, for those who want to stop it. */
  start(...words: string[]): Started;
  /** The same with more environment. */
  startWith(env: Readonly<Record<string, string>>, ...words: string[]): Started;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A new folder with its own workspace; `using` removes it. */
export function newPlace(env: Readonly<Record<string, string>> = {}): Place {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast cli ')));
  return {
    folder,
    path: (name) => join(folder, name),
    run: (...words) => start(words, folder, env).ended,
    runHere: (...words) => runHere(words, folder, env),
    runHereWith: ({ below = '', env: more = {} }, ...words) =>
      runHere(words, join(folder, below), { ...env, ...more }),
    start: (...words) => start(words, folder, env),
    startWith: (more, ...words) => start(words, folder, { ...env, ...more }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * A place with 300 customers, `holdfast.yaml` and one model: logistic regression, which fits in no time. Files of one
 * test run share what the first of them made.
 */
export async function newTrainedPlace(): Promise<{ place: Place } & Ended> {
  const place = newPlace();
  const run = process.env.HOLDFAST_TEST_RUN;
  const made = run === undefined ? undefined : join(run, 'trained');
  if (made !== undefined && existsSync(made)) {
    cpSync(join(made, 'place'), place.folder, { recursive: true });
    const { exit, stdout, stderr } = JSON.parse(readFileSync(join(made, 'train.json'), 'utf8')) as Ended;
    return { place, ...ended(exit, stdout, stderr) };
  }
  const trained = await trainIn(place);
  if (made !== undefined) shareTrained(made, place, trained);
  return { place, ...trained };
}

async function trainIn(place: Place): Promise<Ended> {
  const run = async (...words: string[]): Promise<Ended> => {
    const answer = await place.runHere(...words);
    if (answer.exit !== 0) throw new Error(`holdfast ${words.join(' ')}: ${answer.stderr}`);
    return answer;
  };
  await run('generate', 'customers.csv', '--rows', '300');
  await run('init', 'customers.csv', '--target', 'churned', '--churned', 'yes');
  onlyQuickModels(place);
  return run('train');
}

/** Whole or not at all: two processes may have trained at the same time. */
function shareTrained(made: string, place: Place, { exit, stdout, stderr }: Ended): void {
  const draft = `${made}.${process.pid}`;
  cpSync(place.folder, join(draft, 'place'), { recursive: true });
  writeFileSync(join(draft, 'train.json'), JSON.stringify({ exit, stdout, stderr }));
  try {
    renameSync(draft, made);
  } catch {
    rmSync(draft, { recursive: true });
  }
}

/** Takes the slow candidates out of the project file. */
export function onlyQuickModels(place: Place, below = ''): void {
  const file = place.path(join(below, 'holdfast.yaml'));
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/^ {4}(?:random-forest|gradient-boosting): .*\n/gm, ''),
  );
}

const ended = (exit: number | null, stdout: string, stderr: string): Ended => ({
  exit,
  stdout,
  stderr,
  json: <T>() => JSON.parse(stdout) as T,
});

function start(words: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  const { HOLDFAST_HOME: _home, ...inherited } = process.env;
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const whenEnded = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(ended(exit, stdout, stderr)));
  });
  return { child, ended: whenEnded };
}

/** The working directory and the environment belong to the whole process, so calls wait for each other. */
let lastCall: Promise<unknown> = Promise.resolve();

function runHere(
  words: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const call = lastCall.then(() => runInFolder(words, folder, env));
  lastCall = call.catch(() => {});
  return call;
}

async function runInFolder(
  words: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const cwd = process.cwd();
  const before = new Map(Object.keys(env).map((name) => [name, process.env[name]]));
  let stdout = '';
  let stderr = '';
  const streams = {
    stdout: {
      write: (text: string) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text: string) => {
        stderr += text;
      },
    },
  };
  Object.assign(process.env, env);
  process.chdir(folder);
  try {
    return ended(await runCli(words, streams), stdout, stderr);
  } finally {
    process.chdir(cwd);
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
