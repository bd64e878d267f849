/**
 * A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on a free port, stopped and
 * removed by `using`. Writes are flushed as in production, so it can be killed in durability tests.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
  /** kill -9 of the server and its children. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
}

export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const bin = serverFolder();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-'));
  const user = process.getuid?.() === 0 ? serverUser() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const as = { cwd: '/', ...user };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'holdfast', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...as, stdio: 'pipe' },
  );
  const port = await freePort();
  const url = `postgres://holdfast@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const options = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, ...settings };
    const words = Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    let said = '';
    const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...words], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr!.on('data', (part: string) => {
      said = `${said}${part}`.slice(-4000);
    });
    server = child;
    for (let waited = 0; ; waited += 50) {
      if (child.exitCode !== null || waited > 60_000) throw new Error(`PostgreSQL did not start: ${said}`);
      if (await answers(url)) return;
      await pause(50);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = server;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  };
  await start();
  let databases = 0;
  return {
    url,
    port,
    async newDatabase() {
      const name = `test_${++databases}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url.replace(/postgres$/, name);
    },
    async kill() {
      // Of the children too: those that live on keep the port and the memory of the old server.
      const children = childrenOf(server!.pid!);
      await end('SIGKILL');
      for (const pid of children) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // Ended by itself meanwhile.
        }
      }
    },
    restart: start,
    async [Symbol.asyncDispose]() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function serverFolder(): string {
  const known = process.env.POSTGRES_BIN;
  if (known) return known;
  const found = globSync('/usr/lib/postgresql/*/bin/initdb').sort().at(-1);
  if (!found) throw new Error('no PostgreSQL server on this machine; run: sh tools/install-postgres.sh');
  return join(found, '..');
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  if (!line) throw new Error('no user "postgres" on this machine; run: sh tools/install-postgres.sh');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}
