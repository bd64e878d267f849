/** Many connections that ask one after the other without a pause, and what became of every request. */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface LoadResult {
  /** Request ids of the answers with status 200. */
  readonly answered: readonly string[];
  /** How many answers had each other status. */
  readonly refused: ReadonlyMap<number, number>;
  /** How many requests had no answer, by the code of the socket's error. */
  readonly lost: ReadonlyMap<string, number>;
  /** How many of these on a connection that had been answered before, so that the server had it for sure. */
  readonly lostInside: number;
  /** Longest time until a refusal, milliseconds. */
  readonly slowestRefusalMs: number;
}

export interface Load extends LoadResult {
  /** Every connection ends its request. */
  stop(): Promise<LoadResult>;
}

/** A request that waits longer counts as lost. */
const noAnswerMs = 30_000;
/** How long a connection waits after a refusal or a loss. */
const afterFailureMs = 20;

/** `bodies`: customers as JSON. `connections` keep-alive connections post them to `/predict`. */
export function startLoad(url: string, bodies: readonly string[], connections = 100): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answered: string[] = [];
  const refused = new Map<number, number>();
  const lost = new Map<string, number>();
  let slowestRefusalMs = 0;
  let lostInside = 0;
  let isOver = false;

  const ask = (body: string): Promise<boolean> =>
    new Promise((resolve) => {
      const startedAt = performance.now();
      const fail = (error: NodeJS.ErrnoException): void => {
        const code = error.code ?? error.message;
        lost.set(code, (lost.get(code) ?? 0) + 1);
        if (asking.reusedSocket) lostInside++;
        resolve(false);
      };
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asking = request(`${url}/predict`, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('error', fail);
        response.on('end', () => {
          const { statusCode: status = 0 } = response;
          if (status === 200) answered.push((JSON.parse(text) as { requestId: string }).requestId);
          else {
            refused.set(status, (refused.get(status) ?? 0) + 1);
            slowestRefusalMs = Math.max(slowestRefusalMs, performance.now() - startedAt);
          }
          resolve(status === 200);
        });
      });
      asking.on('error', fail);
      asking.setTimeout(noAnswerMs, () => {
        asking.destroy(Object.assign(new Error('no answer'), { code: 'NO_ANSWER' }));
      });
      asking.end(body);
    });

  const asking = Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let i = connection; !isOver; i += connections)
        if (!(await ask(bodies[i % bodies.length]!))) await pause(afterFailureMs);
    }),
  );
  const load: Load = {
    answered,
    refused,
    lost,
    get lostInside() {
      return lostInside;
    },
    get slowestRefusalMs() {
      return slowestRefusalMs;
    },
    async stop() {
      isOver = true;
      await asking;
      agent.destroy();
      return load;
    },
  };
  return load;
}
