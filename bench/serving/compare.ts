/**
 * What one prediction costs, Holdfast beside the servers that Python users would write or start: the same rows, models of
 * the same size (200 trees of 31 leaves). Rounds by turns, each server started anew; CPU of its whole process tree.
 *
 * Holdfast and FastAPI with compiled trees are offered 2,000 requests a second in open loop over 50 connections, latency
 * from the moment a request was due; the two that can't do that are asked in closed loop over four. Prints one line and
 * adds it to HISTORY.md. `node bench/serving/compare.ts` takes 3 rounds of 60 s; `... 1 10` one of 10 s.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../../src/math/quantile.ts';
import { addToHistory } from './history.ts';
import { holdfastServer } from './holdfast-server.ts';
import { type LoadPlan, measureServer, type ServedLoad } from './measure.ts';
import { pythonPeers } from './peers.ts';
import type { Contender } from './server.ts';
import { telcoRows } from './telco-rows.ts';

const rounds = Number(process.argv[2] ?? 3);
const seconds = Number(process.argv[3] ?? 60);
const trees = 200;
const open: LoadPlan = { seconds, warmSeconds: 5, connections: 50, rate: 2000 };
const closed: LoadPlan = { ...open, connections: 4, rate: null };

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const rows = telcoRows();
  const peers = pythonPeers(join(folder, 'peers'), trees);
  const holdfast = holdfastServer({ folder: join(folder, 'holdfast'), trees });
  const contenders: readonly (readonly [Contender, LoadPlan])[] = [
    [holdfast, open],
    [peers.compiled, open],
    [peers.sklearn, closed],
    [peers.mlflow, closed],
  ];
  const measured: ServedLoad[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // Whoever goes first meets another machine: by turns.
    const order = round % 2 === 0 ? [...contenders.keys()] : [...contenders.keys()].reverse();
    for (const at of order) {
      const [contender, plan] = contenders[at]!;
      const one = await measureServer(contender, rows, plan);
      measured[at]!.push(one);
      console.error(`round ${round + 1}: ${told([one])}`);
    }
  }
  const [own, compiled, sklearn] = measured as [ServedLoad[], ServedLoad[], ServedLoad[], ServedLoad[]];
  const cpuRatios = (others: readonly ServedLoad[]): number[] =>
    others.map(({ cpuUs }, round) => cpuUs / own[round]!.cpuUs);
  const all = measured.flat();
  const isSound = all.every(({ wrong, missing, errors }) => wrong === 0 && !missing && errors === 0);
  const isHeld =
    isSound &&
    middle(cpuRatios(sklearn)) >= 100 &&
    middle(cpuRatios(compiled)) >= 3 &&
    middle(own.map(({ p95Ms }) => p95Ms)) < 20;
  const line = [
    `serving: ${rounds} rounds of ${seconds} s, load ${loadavg()[0]!.toFixed(1)}`,
    `CPU against scikit-learn ${range(cpuRatios(sklearn))}, against compiled trees with the same log ${range(cpuRatios(compiled))}`,
    ...measured.map(told),
    isSound
      ? 'every score its own offline score, every answer in the log'
      : 'WRONG scores, errors or rows missing',
    isHeld ? 'held' : 'MISSED (100 and 3 times, p95 under 20 ms)',
  ].join('; ');
  console.log(line);
  addToHistory(line, peers.versions);
  process.exitCode = isHeld ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function told(runs: readonly ServedLoad[]): string {
  const of = (read: (one: ServedLoad) => number): number => middle(runs.map(read));
  return (
    `${runs[0]!.name}: ${of(({ cpuUs }) => cpuUs).toFixed(0)} us CPU at ${of(({ perSecond }) => perSecond).toFixed(0)}/s, ` +
    `p50 ${of(({ p50Ms }) => p50Ms).toFixed(1)} p95 ${of(({ p95Ms }) => p95Ms).toFixed(1)} p99 ${of(({ p99Ms }) => p99Ms).toFixed(1)} ms, ` +
    `cold ${(of(({ coldMs }) => coldMs) / 1000).toFixed(2)} s, RSS ${of(({ rssMb }) => rssMb).toFixed(0)} PSS ${of(({ pssMb }) => pssMb).toFixed(0)} MB` +
    (runs.every(({ errors, wrong, missing }) => errors + wrong + (missing ?? 0) === 0)
      ? ''
      : `, ${of(({ errors }) => errors)} errors, ${of(({ wrong }) => wrong)} wrong, ${of(({ missing }) => missing ?? 0)} not in the log`)
  );
}

function middle(values: readonly number[]): number {
  return median(Float64Array.from(values));
}

function range(values: readonly number[]): string {
  return `${middle(values).toFixed(1)}x (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
}
