/** What most files of route tests begin with: a server of their own before the first test, gone after the last. */
import { after, before } from 'node:test';
import { withPredictions } from '../../serving/log/tables.ts';
import { type DeployedServer, deployedServer } from './deployed-server.ts';
import { type ServedWorkspace, servedWorkspace } from './served.ts';

export interface ServedHere {
  /** There from the first test on. */
  readonly workspace: ServedWorkspace;
  /** Its prediction log. */
  readonly log: ReturnType<typeof withPredictions>;
  /** Predictions in it. */
  logged(): Promise<number>;
}

export function servedHere(): ServedHere {
  const workspace = here(servedWorkspace);
  const log = () => withPredictions(workspace().database.db);
  return {
    get workspace() {
      return workspace();
    },
    get log() {
      return log();
    },
    async logged() {
      const rows = log().selectFrom('prediction');
      return (await rows.select((one) => one.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
    },
  };
}

/** The same with three versions of which the first is champion. Hooks of a file begin together, so `prepare` stands in this one. */
export const deployedHere = (
  prepare: (server: DeployedServer) => Promise<unknown> = async () => {},
): (() => DeployedServer) =>
  here(async () => {
    const server = await deployedServer();
    await prepare(server);
    return server;
  });

function here<Served extends AsyncDisposable>(open: () => Promise<Served>): () => Served {
  let served: Served | undefined;
  before(async () => {
    served = await open();
  });
  after(() => served?.[Symbol.asyncDispose]());
  return () => served!;
}
