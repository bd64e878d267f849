/**
 * kill -9 of a part of the server at a random moment while a hundred connections ask and the champion changes; then
 * everything that was answered must be in the log once, the history whole, and the server back.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../base/random.ts';
import type { PostgresServer } from '../../store/testing/postgres-server.ts';
import { startLoad } from './load.ts';
import { childrenOf, isAlive, type ServedWorkers, until } from './served-workers.ts';

export type Victim = 'supervisor' | 'worker' | 'writer' | 'postgres';

export interface KillRounds {
  readonly rounds: number;
  /** In turns. */
  readonly victims: readonly Victim[];
  /** Where one of the victims is. */
  readonly postgres?: PostgresServer;
}

const someAnswers = 150;

/** How many requests were answered in all. */
export async function killRounds(
  served: ServedWorkers,
  { rounds, victims, postgres }: KillRounds,
): Promise<number> {
  const random = createRandom(Number(process.env.HOLDFAST_SEED ?? 1));
  const answered: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const victim = victims[round % victims.length]!;
    const load = startLoad(served.url, served.bodies);
    const grown = async (): Promise<void> => {
      const goal = load.answered.length + someAnswers;
      await until(`${victim}: no answers came`, () => load.answered.length >= goal);
    };
    await grown();
    const changing = served.promoteOther().catch((error: unknown) => error);
    await pause(random.uniform() * 300);
    const killed = await kill(victim, served, postgres);
    // Where the database was killed the change may have failed; else it has succeeded whoever died.
    const changed = await changing;
    if (victim !== 'postgres') assert.equal(changed, undefined);
    if (victim === 'supervisor') {
      await load.stop();
      await until('a process outlived its supervisor', () => !killed.some(isAlive));
      await served.start();
    } else {
      if (victim === 'postgres') await postgres!.restart();
      await served.waitUntilReady();
      await grown();
      await load.stop();
      await until('processes are missing', () => childrenOf(served.pid()).length === killed.length);
      assert.ok(isAlive(served.pid()), 'the supervisor was restarted');
    }
    assert.equal(load.lost.get('NO_ANSWER'), undefined, `${victim}: a connection was forgotten`);
    assert.ok(
      [...load.refused.keys()].every((status) => status === 503),
      `${victim}: ${[...load.refused.keys()]}`,
    );
    answered.push(...load.answered);
    await served.checkLog(load.answered);
  }
  await served.checkLog(answered);
  return answered.length;
}

/** The processes below the supervisor before the kill. */
async function kill(
  victim: Victim,
  served: ServedWorkers,
  postgres: PostgresServer | undefined,
): Promise<readonly number[]> {
  const children = childrenOf(served.pid());
  if (victim === 'postgres') await postgres!.kill();
  else if (victim === 'supervisor') {
    process.kill(served.pid(), 'SIGKILL');
    await served.ended();
  } else process.kill(served.childPid(victim === 'worker' ? 'worker.ts' : 'writer.ts'), 'SIGKILL');
  return children;
}
