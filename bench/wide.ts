/**
 * What `init` and `train` of wide tables cost in CPU seconds: one line a width. `node bench/wide.ts 500 2000` measures just
 * these. Tables of 1,000 rows, from 1,000 columns on 2,000; four fifths numbers, one fifth categories of four levels,
 * every fiftieth value missing, twenty columns that matter. The project file is the one that `init` writes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/base/random.ts';
import { sigmoid } from '../src/math/sigmoid.ts';
import { type Measured, runCommand } from './measure/run-command.ts';

const widths = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [50, 200, 500, 1000, 2000];
for (const width of widths) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const rows = width < 1000 ? 1000 : 2000;
    writeFileSync(join(folder, 'wide.csv'), wideTable(rows, width));
    const init = await runCommand(folder, ['init', 'wide.csv', '--target', 'churned', '--churned', 'yes']);
    const train = await runCommand(folder, ['train', 'holdfast.yaml', '--json']);
    const failed = [init, train].find(({ exit }) => exit !== 0 && exit !== 3);
    const auc = failed ? Number.NaN : JSON.parse(train.stdout).holdout.rocAuc.value;
    console.log(
      `wide: ${rows} rows x ${width} columns: init ${told(init)}; train ${told(train)}, ROC-AUC ${auc.toFixed(3)}${failed ? ` FAILED: ${failed.stderr.trim().split('\n').at(-2)}` : ''}`,
    );
    if (failed) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ cpuSeconds, wallSeconds, peakGb }: Measured): string {
  return `${cpuSeconds.toFixed(1)} s of CPU (${wallSeconds.toFixed(1)} s, peak ${peakGb.toFixed(2)} GB)`;
}

function wideTable(rows: number, width: number): string {
  const random = createRandom(7);
  const names = Array.from({ length: width }, (_, c) => (c % 5 === 4 ? `group${c}` : `amount${c}`));
  const lines = [['id', ...names, 'churned'].join(',')];
  for (let row = 0; row < rows; row++) {
    let logOdds = -1;
    const cells = names.map((_, c) => {
      const value = c % 5 === 4 ? random.integer(4) : 2 * random.uniform() - 1;
      if (c < 20) logOdds += c % 5 === 4 ? 0.3 * value : value;
      if (random.uniform() < 0.02) return '';
      return c % 5 === 4 ? 'abcd'[value]! : c % 3 === 0 ? String(Math.round(10 * value)) : value.toFixed(4);
    });
    lines.push([`c${row}`, ...cells, random.uniform() < sigmoid(logOdds) ? 'yes' : 'no'].join(','));
  }
  return `${lines.join('\n')}\n`;
}
