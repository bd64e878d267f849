/**
 * Everything that a server does in a day, at once: all routes that score, pages, outcomes, canaries, switches. What was
 * answered is written down here, to be held against the log.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../base/random.ts';
import { type SentCustomer, sentCustomers } from './customers.ts';
import type { ServedPlace } from './served-place.ts';

export interface MixedLoad {
  readonly seconds: number;
  readonly clients: number;
  /** Between two requests of a client. */
  readonly pauseMs: number;
  readonly seed: number;
}

export interface MixedResult {
  /** By request id: how many customers it answered. */
  readonly answered: ReadonlyMap<string, number>;
  readonly requests: Readonly<Record<string, number>>;
  /** Outcomes that were accepted, by request id. */
  readonly outcomes: ReadonlyMap<string, boolean>;
  readonly switches: number;
  /** By client: what did not go as it should. */
  readonly wrong: readonly string[];
  readonly memory: readonly { readonly second: number; readonly mb: number }[];
}

interface Client {
  readonly random: Random;
  customer(): SentCustomer;
  some(most: number): SentCustomer[];
  send(url: string, body: unknown, type?: string): Promise<Response>;
}

interface Noted {
  answer(requestId: string | null, customers: number): void;
  readonly lately: string[];
  readonly outcomes: Map<string, boolean>;
}

type Act = (client: Client, noted: Noted) => Promise<void>;

/** Each as often as it stands here. */
const acts: Readonly<Record<string, readonly [weight: number, act: Act]>> = {
  predict: [
    8,
    async (client, noted) => {
      const response = await client.send('/predict', client.customer());
      const { requestId } = (await response.json()) as { requestId: string };
      noted.answer(requestId, 1);
      noted.lately.push(requestId);
      if (noted.lately.length > 500) noted.lately.shift();
    },
  ],
  'predict-many': [
    3,
    async (client, noted) => {
      const customers = client.some(40);
      const response = await client.send('/v1/predict', { customers });
      const { requestId, predictions } = (await response.json()) as {
        requestId: string;
        predictions: unknown[];
      };
      noted.answer(requestId, predictions.length);
    },
  ],
  reasons: [
    1,
    async (client, noted) => {
      const response = await client.send('/v1/predict', { customers: client.some(3), reasons: 3 });
      const { requestId, predictions } = (await response.json()) as {
        requestId: string;
        predictions: unknown[];
      };
      noted.answer(requestId, predictions.length);
    },
  ],
  stream: [
    1,
    async (client, noted) => {
      const lines = client.some(60).map((one) => JSON.stringify(one));
      const response = await client.send('/v1/predict/stream', lines.join('\n'), 'application/x-ndjson');
      const answers = (await response.text()).trimEnd().split('\n');
      const scored = answers.map((line) => JSON.parse(line) as { churnProbability?: number });
      if (scored.length !== lines.length || scored.some((one) => one.churnProbability === undefined))
        throw new Error(`stream: ${scored.length} answers for ${lines.length} lines, not all scored`);
      noted.answer(response.headers.get('x-request-id'), lines.length);
    },
  ],
  invocations: [
    2,
    async (client, noted) => {
      const response = await client.send('/invocations', { dataframe_records: client.some(10) });
      const { predictions } = (await response.json()) as { predictions: number[] };
      noted.answer(response.headers.get('x-request-id'), predictions.length);
    },
  ],
  infer: [
    1,
    async (client, noted) => {
      const customers = client.some(5);
      const inputs = Object.keys(customers[0]!).map((name) => {
        const data = customers.map((one) => one[name] ?? null);
        const type = typeof data.find((value) => value !== null);
        const datatype = type === 'number' ? 'FP64' : type === 'boolean' ? 'BOOL' : 'BYTES';
        return { name, shape: [customers.length], datatype, data };
      });
      const response = await client.send('/v2/models/customers/infer', { inputs });
      const { outputs } = (await response.json()) as { outputs: [{ data: number[] }] };
      noted.answer(response.headers.get('x-request-id'), outputs[0].data.length);
    },
  ],
  explain: [1, async (client) => drain(await client.send('/v1/explain', { customer: client.customer() }))],
  'what-if': [
    1,
    async (client) =>
      drain(
        await client.send('/v1/what-if', {
          customer: client.customer(),
          changes: { tenureMonths: client.random.integer(90) },
        }),
      ),
  ],
  outcomes: [
    1,
    async (client, noted) => {
      const known = noted.lately.splice(0, 3);
      if (known.length === 0) return;
      const outcomes = known.map((requestId) => ({ requestId, churned: client.random.integer(2) === 1 }));
      const response = await client.send('/v1/outcomes', { outcomes });
      const { accepted } = (await response.json()) as { accepted: number };
      if (accepted !== outcomes.length)
        throw new Error(`outcomes: ${accepted} accepted of ${outcomes.length}`);
      for (const { requestId, churned } of outcomes) noted.outcomes.set(requestId, churned);
    },
  ],
};

const drain = async (response: Response): Promise<void> => void (await response.text());

/** `served`: a server of the model `customers` in two versions, whose file of customers is `customers.csv`. */
export async function mixedLoad(served: ServedPlace, load: MixedLoad): Promise<MixedResult> {
  const customers = await sentCustomers(served, 'customers.csv');
  const answered = new Map<string, number>();
  const requests: Record<string, number> = {};
  const wrong: string[] = [];
  const memory: { second: number; mb: number }[] = [];
  const noted: Noted = {
    lately: [],
    outcomes: new Map(),
    answer(requestId, count) {
      if (requestId === null || answered.has(requestId))
        wrong.push('an answer without a request id of its own');
      else answered.set(requestId, count);
    },
  };
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  const isOn = (): boolean => elapsed() < load.seconds && wrong.length < 20;
  const deck = Object.entries(acts).flatMap(([name, [weight]]) => Array.from({ length: weight }, () => name));
  const send = async (
    url: string,
    body: unknown,
    type = 'application/json',
    method = 'POST',
  ): Promise<Response> => {
    const response = await fetch(`${served.url}${url}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': type },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return response;
  };

  async function client(number: number): Promise<void> {
    const random = createRandom(load.seed).fork('client', number);
    const customer = () => customers[random.integer(customers.length)]!;
    const some = (most: number) => Array.from({ length: 1 + random.integer(most) }, customer);
    while (isOn()) {
      const name = deck[random.integer(deck.length)]!;
      try {
        await acts[name]![1]({ random, customer, some, send }, noted);
        requests[name] = (requests[name] ?? 0) + 1;
      } catch (error) {
        wrong.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      await pause(load.pauseMs);
    }
  }

  /** A canary, more of it, champion; back; a shadow beside; and again with the roles changed. */
  async function operator(): Promise<number> {
    let switches = 0;
    const address = '/v1/deployments/customers';
    const change = async (path: string, body: unknown, method = 'POST') => {
      if (!isOn()) return;
      try {
        await drain(await send(`${address}${path}`, body, 'application/json', method));
        switches++;
      } catch (error) {
        wrong.push(`operator: ${error instanceof Error ? error.message : String(error)}`);
      }
      await pause(700);
    };
    // A canary that scores otherwise would be sent back by itself; this one is to stay until it is promoted.
    const limits = { scoreShift: 100, p95Ms: 60_000 };
    for (let champion = 1; isOn(); champion = 3 - champion) {
      const version = 3 - champion;
      await change('/canary', { version, weight: 0.2, limits });
      await change('/canary', { version, weight: 0.6, limits });
      await change('/promote', {});
      await change('/rollback', { note: 'tried' });
      await change('/shadow', { version });
      await change('/shadow', undefined, 'DELETE');
      await change('/promote', { version, note: 'for good' });
    }
    return switches;
  }

  async function watcher(): Promise<void> {
    while (isOn()) {
      memory.push({ second: elapsed(), mb: residentMb(served.child.pid!) });
      await drain(await fetch(`${served.url}/metrics`));
      await pause(1000);
    }
  }

  const [switches] = await Promise.all([
    operator(),
    watcher(),
    ...Array.from({ length: load.clients }, (_, i) => client(i)),
  ]);
  return { answered, requests, outcomes: noted.outcomes, switches, wrong, memory };
}

function residentMb(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? Number.NaN) / 1024;
}

/** Megabytes a minute by which memory grows after the warm-up: the slope of least squares. */
export function memorySlope(memory: MixedResult['memory'], warmUpSeconds: number): number {
  const later = memory.filter(({ second }) => second >= warmUpSeconds);
  const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const second = meanOf(later.map((one) => one.second));
  const mb = meanOf(later.map((one) => one.mb));
  const shared = later.reduce((sum, one) => sum + (one.second - second) * (one.mb - mb), 0);
  return (60 * shared) / later.reduce((sum, one) => sum + (one.second - second) ** 2, 0);
}
