/** `holdfast serve --workers 2` over a small model of two versions, its processes, and its log. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../../app.ts';
import { withPredictions } from '../../serving/log/tables.ts';
import { verifyHistory } from '../../store/history.ts';
import { newPlace, onlyQuickModels, type Place, type Started } from './holdfast.ts';

export interface ServedWorkers extends AsyncDisposable {
  readonly place: Place;
  /** The same after every start. */
  readonly url: string;
  /** Customers as JSON. */
  readonly bodies: readonly string[];
  /** The supervisor; one of its children that runs this module. */
  pid(): number;
  childPid(module: 'worker.ts' | 'writer.ts'): number;
  /** What the processes have written to standard error since the last start. */
  said(): string;
  ended(): Promise<{ readonly exit: number | null; readonly stderr: string }>;
  start(): Promise<void>;
  /** Another version becomes champion. */
  promoteOther(): Promise<void>;
  /** Asks until it is ready. */
  waitUntilReady(): Promise<void>;
  /** Every id is in the log once and its history whole. */
  checkLog(answered: readonly string[]): Promise<void>;
}

const name = 'customers';

export async function servedWorkers(
  env: Readonly<Record<string, string>> = {},
  ...words: readonly string[]
): Promise<ServedWorkers> {
  const place = newPlace(env);
  const must = async (...words: string[]): Promise<void> => {
    const { exit, stderr } = await place.runHere(...words);
    assert.equal(exit, 0, stderr);
  };
  await must('generate', 'customers.csv', '--rows', '300');
  await must('init', 'customers.csv', '--target', 'churned', '--churned', 'yes');
  onlyQuickModels(place);
  await must('train', '--seed', '41');
  await must('train', '--seed', '42');
  let version = 1;
  const promoteOther = async (): Promise<void> => {
    version = version === 1 ? 2 : 1;
    await must('models', 'promote', `${name}@${version}`, '--force', '--note', 'a test');
  };
  await promoteOther();

  let port = '0';
  let url = '';
  let said = '';
  let running: Started | undefined;
  const started = (): Started => {
    assert.ok(running);
    return running;
  };
  const start = async (): Promise<void> => {
    said = '';
    const now = place.start('serve', '--workers', '2', '--rate-limit', '0', '--port', port, ...words);
    running = now;
    url = await new Promise<string>((resolve, reject) => {
      now.child.stderr!.on('data', (part: string) => {
        said += part;
        const found = /^Serving \S+ \S+ on (http:\S+); Ctrl-C to stop$/m.exec(said)?.[1];
        if (found) resolve(found);
      });
      void now.ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    ({ port } = new URL(url));
  };
  await start();
  return {
    place,
    get url() {
      return url;
    },
    bodies: bodiesOf(place),
    pid: () => started().child.pid!,
    childPid: (module) => pickChild(started().child.pid!, module),
    said: () => said,
    ended: () => started().ended,
    start,
    promoteOther,
    waitUntilReady: () =>
      until('the server is not ready', async () => {
        const answer = await fetch(`${url}/ready`, { headers: { connection: 'close' } }).catch(() => null);
        await answer?.body?.cancel();
        return answer?.status === 200;
      }),
    async checkLog(answered) {
      const home = { HOLDFAST_HOME: join(place.folder, '.holdfast'), HOLDFAST_THREADS: '1', ...env };
      const app = openApp({ cwd: place.folder, env: home });
      try {
        const database = await app.database();
        const counts = new Map<string, number>();
        const rows = await withPredictions(database.db)
          .selectFrom('prediction')
          .select('request_id')
          .execute();
        for (const { request_id } of rows) counts.set(request_id, (counts.get(request_id) ?? 0) + 1);
        const wrong = answered.filter((id) => counts.get(id) !== 1);
        assert.deepEqual(wrong, [], `${wrong.length} of ${answered.length} answers are not in the log once`);
        const { brokenAt } = await verifyHistory(database);
        assert.equal(brokenAt, null);
      } finally {
        await app.close();
      }
    },
    async [Symbol.asyncDispose]() {
      if (running?.child.exitCode === null && running.child.signalCode === null) {
        running.child.kill('SIGTERM');
        await running.ended;
      }
      place[Symbol.dispose]();
    },
  };
}

/** Waits for something that must come, with a limit that a busy machine keeps. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, what);
    await pause(20);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes that one has started, as Linux lists them; none when it has ended. */
export const childrenOf = (pid: number): readonly number[] =>
  textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

function pickChild(pid: number, module: string): number {
  const found = childrenOf(pid).find((child) =>
    textOf(`/proc/${child}/cmdline`).includes(`/workers/${module}`),
  );
  assert.ok(found, `no process runs ${module}`);
  return found;
}

/** Of a process that may end at any moment. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The customers of the file as a client sends them: numbers where the contract says so. */
function bodiesOf(place: Place): readonly string[] {
  const [header = '', ...lines] = readFileSync(place.path('customers.csv'), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  const kindOf = new Map(
    [...yaml.matchAll(/^ {4}(\w+): *\{ kind: (\w+)/gm)].map(([, column, kind]) => [column!, kind!]),
  );
  return lines.map((line) => {
    const cells = line
      .split(',')
      .map((cell, i) => [names[i]!, cellValue(cell, kindOf.get(names[i]!))] as const);
    return JSON.stringify(Object.fromEntries(cells.filter(([column]) => column !== 'churned')));
  });
}

function cellValue(cell: string, kind: string | undefined): string | number | boolean | null {
  if (cell === '') return null;
  if (kind === 'number') return Number(cell);
  return kind === 'boolean' ? cell === 'true' : cell;
}
