/**
 * What a second thread saves in `train` on telco: runs with one and with two threads in turn, so that whatever else the
 * machine does meets both alike. Prints one line: medians of CPU and wall seconds, their ratios with the range over the
 * pairs, and the ROC-AUC on the hold-out of each run, which must be equal. `node bench/train-telco.ts 9` makes nine pairs.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../src/math/quantile.ts';
import { runCommand } from './measure/run-command.ts';

const pairs = Number(process.argv[2] ?? 5);
const source = fileURLToPath(new URL('../../shared/data/telco.csv', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  cpSync(source, join(folder, 'telco.csv'));
  await runCommand(folder, ['init', 'telco.csv', '--target', 'Churn', '--churned', 'Yes']);
  const runs: { threads: number; cpu: number; wall: number; auc: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    // Whoever goes first meets a colder machine: by turns.
    for (const threads of pair % 2 === 0 ? [1, 2] : [2, 1]) {
      const run = await runCommand(folder, ['train', 'holdfast.yaml', '--json'], threads);
      if (run.exit !== 0) throw new Error(`train ended with ${run.exit}: ${run.stderr}`);
      const auc = JSON.parse(run.stdout).holdout.rocAuc.value as number;
      runs.push({ threads, cpu: run.cpuSeconds, wall: run.wallSeconds, auc });
    }
  }
  const of = (threads: number) => runs.filter((run) => run.threads === threads);
  const middle = (values: readonly number[]): number => median(Float64Array.from(values));
  const wallRatios = of(1).map((run, pair) => run.wall / of(2)[pair]!.wall);
  const cpuRatios = of(1).map((run, pair) => run.cpu / of(2)[pair]!.cpu);
  const told = (threads: number): string =>
    `${middle(of(threads).map(({ cpu }) => cpu)).toFixed(1)} s CPU, ${middle(of(threads).map(({ wall }) => wall)).toFixed(1)} s`;
  const range = (values: readonly number[]): string =>
    `${middle(values).toFixed(2)} (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
  const aucs = new Set(runs.map(({ auc }) => auc.toFixed(6)));
  console.log(
    `train-telco: ${pairs} pairs, load ${loadavg()[0]!.toFixed(1)}: one thread ${told(1)}; two threads ${told(2)}; wall time of one over two ${range(wallRatios)}, CPU ${range(cpuRatios)}; ROC-AUC ${[...aucs].join(', ')} ${aucs.size === 1 ? 'in every run' : 'DIFFERS'}`,
  );
  process.exitCode = aucs.size === 1 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
