/** Versions 1 to 3 of telco, of which 3 was refused by its gate, 1 the champion, and the routes over them; nothing is served. */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWholeDatabase } from '../../database.ts';
import { openVersion } from '../../registry/open-version.ts';
import { promote } from '../../registry/promote.ts';
import { anna, registerExample } from '../../registry/testing/registered.ts';
import { rememberReplayRemarks } from '../../serving/deployments/replay-remarks.ts';
import { earlierModels } from '../../serving/earlier-models.ts';
import type { ArtifactStore } from '../../store/artifacts/artifact-store.ts';
import { openFolderArtifacts } from '../../store/artifacts/folder-artifacts.ts';
import type { Database } from '../../store/database/database.ts';
import { createKey, type Scope } from '../../store/keys.ts';
import { exampleCatalogue } from '../../store/testing/example-model.ts';
import { doorKeeper } from '../door-keeper.ts';
import { allRoutes } from '../routes/all.ts';
import { bareServer, nobody } from './bare.ts';

export interface DeploymentState {
  readonly name: string;
  readonly champion: { readonly version: number; readonly since: string } | null;
  readonly canary: { readonly version: number; readonly weight: number } | null;
  readonly shadow: { readonly version: number } | null;
  readonly limits: Readonly<Record<string, number>>;
  readonly changed: { readonly actor: string; readonly note: string | null } | null;
  readonly lastReturn: object | null;
  readonly remarks: readonly string[];
  readonly here: object | null;
  /** Of a refusal. */
  readonly code?: string;
  readonly detail?: string;
}

/** Numbers of champion, canary and its weight, shadow. */
export const slotsOf = ({ champion, canary, shadow }: DeploymentState) => [
  champion?.version ?? null,
  canary && [canary.version, canary.weight],
  shadow?.version ?? null,
];

export interface DeploymentServer extends AsyncDisposable {
  readonly database: Database;
  /** Where the files of the models are. */
  readonly artifacts: ArtifactStore;
  /** `GET /v1/deployments/telco` and the like: method, what follows the name, body. */
  ask<Body = DeploymentState>(
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<{ readonly status: number; readonly body: Body }>;
  /** A new key; from the first on requests need one. */
  key(name: string, ...scopes: Scope[]): Promise<{ readonly key: string; readonly id: string }>;
}

export async function deploymentServer(): Promise<DeploymentServer> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-deployments-'));
  const run = process.env.HOLDFAST_TEST_RUN;
  const shared = run === undefined ? undefined : join(run, 'deployments');
  if (shared !== undefined && existsSync(shared)) cpSync(shared, folder, { recursive: true });
  else {
    await fill(folder);
    if (shared !== undefined) share(folder, shared);
  }
  const database = await openWholeDatabase(folder, {});
  let moment = 1_800_000_000_000;
  // What the door remembers is over at once.
  const clock = { now: () => (moment += 10_000), cpuSeconds: () => 0 };
  const routes = allRoutes.filter(({ url }) => /^\/v1\/(?:deployments|models)/.test(url));
  const keeper = doorKeeper(database, clock);
  const artifacts = artifactsIn(folder);
  const catalogue = exampleCatalogue;
  const replayRemarks = rememberReplayRemarks(
    earlierModels({ database, artifacts, catalogue, served: nobody }),
  );
  const server = await bareServer(
    routes,
    {},
    {
      ...{ database, clock, keeper, replayRemarks },
      openModel: (version) => openVersion(artifacts, version, catalogue),
    },
  );
  return {
    database,
    artifacts,
    async ask<Body>(method: string, path: string, body?: unknown, key?: string) {
      const response = await fetch(`${server.url}/v1/${path}`, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Body };
    },
    async key(name, ...scopes) {
      const made = await createKey(database, { name, scopes }, { actor: 'cli:test', now: moment });
      return { key: made.key, id: made.facts.id };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const artifactsIn = (folder: string): ArtifactStore => openFolderArtifacts(join(folder, 'artifacts'));

async function fill(folder: string): Promise<void> {
  const database = await openWholeDatabase(folder, {});
  const artifacts = artifactsIn(folder);
  for (const passed of [true, true, false]) await registerExample(database, artifacts, { passed });
  await promote(database, { name: 'telco', version: 1 }, anna);
  await database.close();
}

/** Whole or not at all: two processes may have filled one at the same time. */
function share(folder: string, shared: string): void {
  const draft = `${shared}.${process.pid}`;
  cpSync(folder, draft, { recursive: true });
  try {
    renameSync(draft, shared);
  } catch {
    rmSync(draft, { recursive: true });
  }
}
