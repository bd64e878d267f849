/**
 * What it costs that an answered prediction is on the disk: 50 callers who each ask again when they are answered, without
 * HTTP. `full` answers when the transaction that many requests share is on the disk, `fast` answers first and writes
 * within 50 ms, `each` gives every request a transaction of its own (synchronous=FULL in all three). Turns of all
 * three, medians; prints one line and adds it to HISTORY.md. `node bench/serving/durability.ts 5 4`: 5 turns of 4 s.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../src/app.ts';
import { median } from '../../src/math/quantile.ts';
import type { LogWriter } from '../../src/serving/log/log-writer.ts';
import { sqliteLogWriter } from '../../src/serving/log/sqlite-writer.ts';
import { predictionService } from '../../src/serving/prediction-service.ts';
import { requestIds } from '../../src/serving/request-id.ts';
import { openServedModels } from '../../src/serving/served-models.ts';
import { databaseFile } from '../../src/store/database/open-database.ts';
import { addToHistory } from './history.ts';
import { holdfastServer } from './holdfast-server.ts';
import { telcoRows } from './telco-rows.ts';

const turns = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 4);
const callers = 50;
const modes = ['full', 'fast', 'each'] as const;
type Mode = (typeof modes)[number];

interface Turn {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly p95Ms: number;
  /** Answers less rows. */
  readonly missing: number;
}

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const { logged } = holdfastServer({ folder, trees: 200 });
  const rows = telcoRows();
  const app = openApp({ cwd: folder });
  const database = await app.database();
  const { models, catalogue, clock } = app;
  const served = await openServedModels('champion', {
    ...{ database, models, catalogue, clock, artifacts: app.artifacts(), draw: Math.random },
    fourEyes: false,
  });
  const writer = await sqliteLogWriter(databaseFile(app.workspace.root));
  const measured: Record<Mode, Turn[]> = { full: [], fast: [], each: [] };
  for (let turn = 0; turn < turns; turn++)
    for (const mode of turn % 2 === 0 ? modes : modes.toReversed()) measured[mode].push(await take(mode));
  served.stop();
  await writer.close();
  await app.close();
  const told = modes.map((mode) => {
    const of = (read: (one: Turn) => number): number => median(Float64Array.from(measured[mode].map(read)));
    return `${mode} ${of(({ perSecond }) => perSecond).toFixed(0)}/s, ${of(({ cpuUs }) => cpuUs).toFixed(0)} us CPU, p95 ${of(({ p95Ms }) => p95Ms).toFixed(1)} ms`;
  });
  const missing = Object.values(measured)
    .flat()
    .reduce((sum, one) => sum + one.missing, 0);
  const line = `durability: ${turns} turns of ${seconds} s, ${callers} callers, load ${loadavg()[0]!.toFixed(1)}: ${told.join('; ')}; ${missing === 0 ? 'every answer in the log' : `${missing} answers NOT in the log`}`;
  console.log(line);
  addToHistory(line);
  process.exitCode = missing === 0 ? 0 : 1;

  async function take(mode: Mode): Promise<Turn> {
    const before = logged!();
    const service = predictionService({
      clock,
      log: mode === 'each' ? oneByOne(writer) : writer,
      durability: mode === 'fast' ? 'fast' : 'full',
    });
    const nextId = requestIds(clock.now);
    const latencies: number[] = [];
    const model = served.live()!;
    const startedMs = performance.now();
    const cpu = process.cpuUsage();
    const ask = async (caller: number): Promise<void> => {
      for (let i = caller; performance.now() - startedMs < seconds * 1000; i += callers) {
        const arrivedMs = performance.now();
        await service.predict({
          ...{ requestId: nextId(), customers: [rows[i % rows.length]!], model, slot: 'live', keyId: null },
          arrivedMs,
        });
        latencies.push(performance.now() - arrivedMs);
      }
    };
    await Promise.all(Array.from({ length: callers }, (_, caller) => ask(caller)));
    const took = (performance.now() - startedMs) / 1000;
    // Writing what was answered ahead of the disk belongs to the price.
    await service.stop();
    const { user, system } = process.cpuUsage(cpu);
    latencies.sort((a, b) => a - b);
    return {
      perSecond: latencies.length / took,
      cpuUs: (user + system) / latencies.length,
      p95Ms: latencies[Math.floor(0.95 * latencies.length)]!,
      missing: latencies.length - (logged!() - before),
    };
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Each entry a transaction of its own. */
function oneByOne(log: LogWriter): LogWriter {
  return {
    async write(entries) {
      for (const entry of entries) await log.write([entry]);
      return { repeated: new Set() };
    },
    close: async () => {},
  };
}
