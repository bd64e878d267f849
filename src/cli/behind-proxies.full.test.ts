/** Two processes on one PostgreSQL database behind the load balancers of `deploy/`, and one of them killed. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openWholeDatabase } from '../database.ts';
import { withPredictions } from '../serving/log/tables.ts';
import { freePort } from '../store/testing/free-port.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { newPlace, newTrainedPlace, type Place } from './testing/holdfast.ts';

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));
const hint = 'run: sh tools/install-proxies.sh';

let folder: string;
let postgres: PostgresServer;
let place: Place;
let env: Record<string, string>;
let customer: object;
/** Stopped at the end, whatever happened. */
const started = new Set<ChildProcess>();

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-proxies-'));
  const { place: trained } = await newTrainedPlace();
  postgres = await startPostgres({ fsync: 'on' });
  env = { HOLDFAST_DATABASE_URL: await postgres.newDatabase(), HOLDFAST_ARTIFACTS: join(folder, 'kept') };
  const registered = await trained.runHereWith({ env }, 'models', 'register', 'latest');
  assert.equal(registered.exit, 0, registered.stderr);
  trained[Symbol.dispose]();
  place = newPlace(env);
  makeCertificate();
});
after(async () => {
  await Promise.all([...started].map(kill));
  await postgres?.[Symbol.asyncDispose]();
  place?.[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

function makeCertificate(): void {
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', join(folder, 'holdfast.key'), '-out', join(folder, 'holdfast.crt')],
  ]);
  assert.equal(made.status, 0, String(made.stderr ?? made.error));
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  writeFileSync(join(folder, 'holdfast.pem'), text('holdfast.crt') + text('holdfast.key'));
}

async function kill(child: ChildProcess): Promise<void> {
  started.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; !(await holds().catch(() => false)); waitedMs += 100) {
    assert.ok(waitedMs < 60_000, `not within a minute: ${what}`);
    await pause(100);
  }
}

const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/ready`)).status === 200;

async function startApi(port: number): Promise<ChildProcess> {
  const { child } = place.start('serve', '--port', String(port), '--model', 'latest');
  started.add(child);
  await until(() => isReady(`http://127.0.0.1:${port}`), `serve on ${port} is ready`);
  return child;
}

function startProxy(
  command: string,
  args: readonly string[],
  proxyEnv: Record<string, string>,
): ChildProcess {
  const child = spawn(command, args, { env: { ...process.env, ...proxyEnv }, stdio: 'ignore' });
  child.on('error', () => assert.fail(`${command} is not here; ${hint}`));
  started.add(child);
  return child;
}

interface Proxy {
  readonly name: string;
  /** Checks the file, then starts it on `port` before the two. */
  start(port: number, one: number, two: number): ChildProcess;
}

const proxies: readonly Proxy[] = [
  {
    name: 'haproxy',
    start(port, one, two) {
      const file = join(deploy, 'haproxy/haproxy.cfg');
      const addresses = {
        HOLDFAST_PROXY_BIND: `127.0.0.1:${port}`,
        HOLDFAST_PROXY_CERT: join(folder, 'holdfast.pem'),
        HOLDFAST_PROXY_ONE: `127.0.0.1:${one}`,
        HOLDFAST_PROXY_TWO: `127.0.0.1:${two}`,
      };
      check('haproxy', ['-c', '-f', file], addresses);
      return startProxy('haproxy', ['-db', '-f', file], addresses);
    },
  },
  {
    name: 'nginx',
    start(port, one, two) {
      cpSync(join(deploy, 'nginx/holdfast.conf'), join(folder, 'site.conf'));
      const site = readFileSync(join(folder, 'site.conf'), 'utf8')
        .replaceAll('/etc/nginx/', `${folder}/`)
        .replace('8443', `127.0.0.1:${port}`)
        .replace('8001', String(one))
        .replace('8002', String(two));
      writeFileSync(join(folder, 'site.conf'), site);
      const whole = `daemon off; user root; pid ${folder}/nginx.pid; error_log stderr; events {}\nhttp { access_log off; include ${folder}/site.conf; }`;
      writeFileSync(
        join(folder, 'nginx.conf'),
        process.getuid?.() === 0 ? whole : whole.replace('user root; ', ''),
      );
      // Where Debian keeps it: a folder that only root's PATH has.
      const paths = { PATH: `${process.env.PATH}:/usr/sbin` };
      check('nginx', ['-t', '-c', join(folder, 'nginx.conf')], paths);
      return startProxy('nginx', ['-c', join(folder, 'nginx.conf')], paths);
    },
  },
];

function check(command: string, args: readonly string[], proxyEnv: Record<string, string>): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env: { ...process.env, ...proxyEnv },
    encoding: 'utf8',
  });
  assert.ok(!error, `${command} is not here; ${hint}`);
  assert.equal(status, 0, stdout + stderr);
}

function ask(
  port: number,
  agent: Agent,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, agent, method: body ? 'POST' : 'GET' },
        headers: body ? { 'content-type': 'application/json' } : {},
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode!, text }));
      },
    );
    asked.on('error', reject);
    asked.end(body && JSON.stringify(body));
  });
}

/** How many single predictions a process has answered since its start. */
async function answeredBy(port: number): Promise<number> {
  const told = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(
    /^holdfast_http_requests_total\{[^}]*route="predict"[^}]*status="2xx"[^}]*\} (\d+)/m.exec(told)?.[1] ?? 0,
  );
}

for (const proxy of proxies) {
  test(`${proxy.name}: before two processes, one killed: every request is answered and in the log once; the other comes back`, async () => {
    const [port, one, two] = [await freePort(), await freePort(), await freePort()];
    const [first, second] = await Promise.all([startApi(one), startApi(two)]);
    const balancer = proxy.start(port, one, two);
    const agent = new Agent({ keepAlive: true, ca: readFileSync(join(folder, 'holdfast.crt')) });
    await until(
      async () => (await ask(port, agent, '/ready')).status === 200,
      `${proxy.name} passes requests`,
    );
    customer ??= await exampleCustomer(one);
    assert.equal((await ask(port, agent, '/metrics')).status, 404);

    let isOver = false;
    const answered: string[] = [];
    const asking = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (!isOver) {
          const { status, text } = await ask(port, agent, '/predict', customer);
          assert.equal(status, 200, text);
          answered.push((JSON.parse(text) as { requestId: string }).requestId);
        }
      }),
    );
    await until(async () => (await answeredBy(one)) > 50 && (await answeredBy(two)) > 50, 'both answer');
    await kill(first);
    const then = answered.length;
    await until(async () => answered.length > then + 200, 'the one that is left answers');
    const again = await startApi(one);
    await until(async () => (await answeredBy(one)) > 50, 'the one that came back answers');
    isOver = true;
    await asking;
    assert.equal(new Set(answered).size, answered.length);
    await assertLoggedOnce(answered);
    agent.destroy();
    await Promise.all([balancer, second, again].map(kill));
  });
}

async function exampleCustomer(port: number): Promise<object> {
  const response = await fetch(`http://127.0.0.1:${port}/openapi.json`);
  const { components } = (await response.json()) as {
    components: { schemas: { Customer: { examples: readonly object[] } } };
  };
  return components.schemas.Customer.examples[0]!;
}

async function assertLoggedOnce(answered: readonly string[]): Promise<void> {
  const database = await openWholeDatabase(place.path('.holdfast'), env);
  try {
    const rows = await withPredictions(database.db).selectFrom('prediction').select('request_id').execute();
    const times = new Map<string, number>();
    for (const row of rows) times.set(row.request_id, (times.get(row.request_id) ?? 0) + 1);
    for (const id of answered) assert.equal(times.get(id), 1, id);
  } finally {
    await database.close();
  }
}
