/** A running server whose workspace has three versions, of which the first is champion; asked and changed over HTTP. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { promote } from '../../registry/promote.ts';
import { listVersions } from '../../registry/versions.ts';
import { watchLimits } from '../../serving/deployments/judge-slot.ts';
import type { Database } from '../../store/database/database.ts';
import { serve } from '../serve.ts';
import type { DeploymentState } from './deployments.ts';
import { type TrainedWorkspace, trainedWorkspace } from './served.ts';

/** Of the models. */
export const name = 'made';
export const by = { actor: 'cli:test', now: 1_800_000_000_000 };

/** Limits that a busy machine does not pass. */
export const patient = watchLimits.parse({ p95Ms: 60_000, scoreShift: 100, atLeast: 100 });

export interface Answered {
  readonly requestId: string;
  readonly id: string;
  readonly model: { readonly version: number };
}

/** What the server says of the deployment. */
export interface Seen extends DeploymentState {
  readonly here: {
    readonly champion: { readonly version: number; readonly answers: number };
    readonly canary: { readonly version: number } | null;
    readonly failure: string | null;
  };
}

export interface DeployedServer extends AsyncDisposable {
  readonly url: string;
  readonly workspace: TrainedWorkspace;
  readonly database: Database;
  /** One of the customers is scored, with other values where they are given; it must be answered. */
  ask(i: number, change?: object): Promise<Answered>;
  /** Asks until a condition holds; every answer must be a good one. */
  askUntil(holds: (answer: Answered) => boolean, otherwise: string): Promise<void>;
  /** `GET /v1/deployments/made`, or what follows it; must succeed. */
  deployed(method?: string, path?: string, body?: object): Promise<Seen>;
  /** `POST` below it, whatever is answered. */
  post(
    path: string,
    body: object,
  ): Promise<{ readonly status: number; readonly body: { readonly code?: string } }>;
}

export async function deployedServer(): Promise<DeployedServer> {
  await using undo = new AsyncDisposableStack();
  const workspace = undo.use(await trainedWorkspace());
  await workspace.train(43);
  await workspace.train(44);
  const database = await workspace.app.database();
  assert.deepEqual(
    (await listVersions(database)).map(({ version }) => version),
    [3, 2, 1],
  );
  await promote(database, { name, version: 1 }, by, { force: true, note: 'to have one' });
  const server = await serve(workspace.app, {
    ...{ host: '127.0.0.1', port: 0, model: 'champion', durability: 'full' },
  });
  undo.defer(() => server.stop());
  const request = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  const send = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const response = await request(method, path, body);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text) as Body;
  };
  const { customers } = workspace;
  const ask = (i: number, change: object = {}) =>
    send<Answered>('POST', '/predict', { ...customers[i % customers.length], ...change });
  const undoLater = undo.move();
  return {
    url: server.url,
    workspace,
    database,
    ask,
    async askUntil(holds, otherwise) {
      for (let i = 0; i < 1000; i++) {
        if (holds(await ask(i))) return;
        await pause(10);
      }
      assert.fail(otherwise);
    },
    async post(path, body) {
      const response = await request('POST', `/v1/deployments/${name}${path}`, body);
      return { status: response.status, body: (await response.json()) as { readonly code?: string } };
    },
    deployed: (method = 'GET', path = '', body) => send(method, `/v1/deployments/${name}${path}`, body),
    [Symbol.asyncDispose]: () => undoLater.disposeAsync(),
  };
}
