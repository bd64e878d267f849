/** `holdfast serve` as a process of its own, and customers who ask it while something breaks. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from '../../testing/holdfast.ts';
import { addressOf } from '../../testing/served-place.ts';

/** What a customer got. */
export interface Asked {
  /** 0: the connection ended without an answer. */
  readonly status: number;
  /** Of the answer, or of the refusal; null where there was none. */
  readonly requestId: string | null;
  readonly code: string | null;
  readonly retryAfter: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly ms: number;
  /** When the answer was there, nanoseconds of the monotonic clock. */
  readonly atNs: number;
}

export interface FaultyServer extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  get(path: string): Promise<Asked>;
  /** One customer to `/predict`, or what is given to another address. */
  ask(path?: string, body?: unknown): Promise<Asked>;
  /** Ends when a request is answered with this status. */
  until(status: number, path?: string): Promise<Asked>;
  /** `count` customers who ask again as soon as they are answered, until stopped. */
  load(count: number): Load;
  /** Resident memory, bytes. */
  memory(): Promise<number>;
  kill(): Promise<void>;
  /** As SIGTERM does it; everything that the process wrote to standard error. */
  stop(): Promise<string>;
}

export interface Load {
  readonly asked: readonly Asked[];
  stop(): Promise<readonly Asked[]>;
}

/** Longer than anything promised: what takes this long hangs. */
const patienceMs = 60_000;

export async function faultyServer(
  place: Place,
  env: Readonly<Record<string, string>> = {},
  ...words: readonly string[]
): Promise<FaultyServer> {
  const { child, ended } = place.startWith(
    { HOLDFAST_LOG_LEVEL: 'warn', ...env },
    ...['serve', '--port', '0', '--rate-limit', '0', ...words],
  );
  const url = await addressOf(child, ended);
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, path: string, body?: string): Promise<Asked> =>
    ask(agent, `${url}${path}`, method, body);
  const customer = await exampleCustomer(() => send('GET', '/openapi.json'));
  let customers = 0;
  const askOne = (path = '/predict', body?: unknown): Promise<Asked> => {
    const one = body ?? { ...customer, customerId: `customer-${++customers}` };
    return send('POST', path, JSON.stringify(one));
  };
  let isOver = false;
  const end = async (signal: NodeJS.Signals): Promise<string> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    isOver = true;
    const { stderr } = await ended;
    agent.destroy();
    return stderr;
  };
  return {
    url,
    child,
    get: (path) => send('GET', path),
    ask: askOne,
    async until(status, path) {
      const began = performance.now();
      for (;;) {
        const asked = path === undefined ? await askOne() : await send('GET', path);
        if (asked.status === status) return asked;
        assert.equal(child.exitCode, null, 'the server has ended');
        assert.ok(performance.now() - began < patienceMs, `${path ?? '/predict'}: still ${asked.status}`);
        await pause(50);
      }
    },
    load(count) {
      const asked: Asked[] = [];
      let isStopped = false;
      const loops = Array.from({ length: count }, async () => {
        while (!isStopped && !isOver) {
          const one = await askOne();
          asked.push(one);
          // As a client does that was told to come back later.
          if (one.status !== 200) await pause(20);
        }
      });
      return {
        asked,
        async stop() {
          isStopped = true;
          await Promise.all(loops);
          return asked;
        },
      };
    },
    async memory() {
      const { readFileSync } = await import('node:fs');
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      return Number(kilobytes) * 1024;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

/** Requests ids that were answered with 200. */
export const answeredIds = (asked: readonly Asked[]): readonly string[] =>
  asked.filter(({ status }) => status === 200).map(({ requestId }) => requestId!);

/** How often each status and code came, for messages. */
export function tally(asked: readonly Asked[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code } of asked) {
    const name = code === null ? `${status}` : `${status} ${code}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function exampleCustomer(read: () => Promise<Asked>): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await read();
  const { components } = body as {
    components: { schemas: { Customer: { examples: readonly Record<string, unknown>[] } } };
  };
  return components.schemas.Customer.examples[0]!;
}

function ask(agent: Agent, url: string, method: string, body?: string): Promise<Asked> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, retryAfter: string | null, text: string): void => {
      const read = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      resolve({
        status,
        requestId: typeof read.requestId === 'string' ? read.requestId : null,
        code: typeof read.code === 'string' ? read.code : null,
        retryAfter,
        body: read,
        ms: performance.now() - began,
        atNs: Number(process.hrtime.bigint()),
      });
    };
    const sent = request(
      url,
      { method, agent, headers: body === undefined ? {} : { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          end(response.statusCode!, response.headers['retry-after'] ?? null, response.complete ? text : ''),
        );
        response.on('error', () => end(0, null, ''));
      },
    );
    sent.setTimeout(patienceMs, () => sent.destroy());
    sent.on('error', () => end(0, null, ''));
    sent.end(body);
  });
}
