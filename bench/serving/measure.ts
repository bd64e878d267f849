/** One server under load: what a request cost, how long it took, whether the answers were right and in the log. */
import { takenBy } from '../measure/process-tree.ts';
import { type LoadResult, offerLoad } from './load.ts';
import type { Contender } from './server.ts';
import type { Row } from './telco-rows.ts';

export interface LoadPlan {
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly connections: number;
  /** Offered a second; null: as many as the connections bring about. */
  readonly rate: number | null;
}

export interface ServedLoad {
  readonly name: string;
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  readonly coldMs: number;
  readonly rssMb: number;
  readonly pssMb: number;
  /** Scores that differ from the offline ones of the same model. */
  readonly wrong: number;
  /** Answers less rows of the log; null for a server without one. */
  readonly missing: number | null;
  /** CPU of the one who asks, a request: far below the server's, or it would be measured instead. */
  readonly askerUs: number;
}

/** Starts it, loads it, stops it. */
export async function measureServer(
  contender: Contender,
  rows: readonly Row[],
  plan: LoadPlan,
): Promise<ServedLoad> {
  const { name, path, bodyOf, scoreOf, expected, tolerance, logged } = contender;
  const bodies = rows.map(bodyOf);
  const before = logged?.() ?? 0;
  let wrong = 0;
  let answered = 0;
  const server = await contender.start();
  try {
    const load = (seconds: number): Promise<LoadResult> =>
      offerLoad({ ...plan, host: '127.0.0.1', port: server.port, path, bodies, seconds }, (answer) => {
        if (answer.status !== 200) return;
        answered++;
        if (!(Math.abs(scoreOf(answer.text) - expected[answer.body]!) <= tolerance)) wrong++;
      });
    await load(plan.warmSeconds);
    const began = takenBy(server.pid);
    const own = process.cpuUsage();
    const result = await load(plan.seconds);
    const { user, system } = process.cpuUsage(own);
    const ended = takenBy(server.pid);
    const quantile = (share: number): number =>
      result.latenciesMs[Math.min(result.ok - 1, Math.floor(share * result.ok))] ?? Number.NaN;
    await server.stop();
    return {
      name,
      cpuUs: ((ended.cpuSeconds - began.cpuSeconds) * 1e6) / result.ok,
      perSecond: result.ok / result.seconds,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      p99Ms: quantile(0.99),
      errors: result.errors,
      coldMs: server.coldMs,
      rssMb: ended.rssMb,
      pssMb: ended.pssMb,
      wrong,
      missing: logged === null ? null : answered - (logged() - before),
      askerUs: (user + system) / result.sent,
    };
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}
