/**
 * Makes one small saved model a family, to be kept: `node golden/models/make.ts FORMAT`. Later versions must load every file of
 * this folder and give its golden scores to the last bit (src/kept-models.test.ts). Never make one anew: add the next format.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const families: Readonly<Record<string, string>> = {
  prior: 'prior: {}',
  'logistic-regression': 'logistic-regression: {}',
  'decision-tree': 'decision-tree: {}',
  'random-forest': 'random-forest: { trees: 5, maxDepth: 4 }',
  'gradient-boosting': 'gradient-boosting: { trees: 10 }',
  mlp: 'mlp: { hidden: [[4]], maxEpochs: 5 }',
};

const [format] = process.argv.slice(2);
if (!/^\d+$/.test(format ?? '')) throw new Error('usage: node golden/models/make.ts FORMAT');
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'holdfast-kept-'));
try {
  holdfast('generate', 'customers.csv', '--rows', '600');
  holdfast('init', 'customers.csv', '--target', 'churned', '--churned', 'yes');
  const yaml = readFileSync(join(folder, 'holdfast.yaml'), 'utf8');
  for (const [family, candidate] of Object.entries(families)) {
    const kept = fileURLToPath(new URL(`format-${format}-${family}.holdfast`, import.meta.url));
    if (existsSync(kept)) throw new Error(`${kept} is there already; a kept model is never made anew`);
    const candidates = yaml.replace(/ {2}candidates:\n(?: {4}.*\n)+/, `  candidates:\n    ${candidate}\n`);
    writeFileSync(join(folder, 'holdfast.yaml'), candidates.replace('chance: true', 'chance: false'));
    const { model } = JSON.parse(holdfast('train', '--json')) as { model: { file: string } };
    copyFileSync(resolve(folder, model.file), kept);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function holdfast(...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
