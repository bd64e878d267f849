/** Holdfast as its users start it, on a workspace with a gradient boosting of as many trees as the peers have. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/store/testing/free-port.ts';
import { type Contender, startServer } from './server.ts';
import { telcoFile } from './telco-rows.ts';

/** The launcher, as in a clone. */
const launcher = (root: string): string => join(root, 'holdfast');
const thisProject = fileURLToPath(new URL('../..', import.meta.url));

export interface HoldfastOptions {
  /** Where the workspace is made; kept for all rounds. */
  readonly folder: string;
  readonly trees: number;
  readonly name?: string;
  /** Another checkout, to compare two states of the project. */
  readonly root?: string;
  /** More words for `serve`. */
  readonly words?: readonly string[];
}

/** Trains, promotes and scores the table offline: what the server must say again. */
export function holdfastServer(options: HoldfastOptions): Contender {
  const { folder, trees, name = 'Holdfast', root = thisProject, words = [] } = options;
  const run = (...command: readonly string[]): string =>
    execFileSync(launcher(root), command, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  mkdirSync(folder, { recursive: true });
  cpSync(telcoFile, join(folder, 'telco.csv'));
  run('init', 'telco.csv', '--target', 'Churn', '--churned', 'Yes');
  const project = join(folder, 'holdfast.yaml');
  const candidates = /^ {2}candidates:\n(?: {4}.*\n)+/m;
  const only = `  candidates:\n    gradient-boosting: { trees: ${trees}, maxLeaves: 31, learningRate: 0.1 }\n`;
  writeFileSync(project, readFileSync(project, 'utf8').replace(candidates, only));
  run('train', 'holdfast.yaml');
  run('models', 'promote', 'telco@1');
  run('score', 'telco@1', 'telco.csv', 'scored.csv');
  const [header, ...lines] = readFileSync(join(folder, 'scored.csv'), 'utf8').trim().split('\n');
  const column = header!.split(',').indexOf('churnProbability');
  return {
    name,
    path: '/predict',
    bodyOf: (row) => JSON.stringify(row),
    scoreOf: (text) => (JSON.parse(text) as { churnProbability: number }).churnProbability,
    expected: lines.map((line) => Number(line.split(',')[column])),
    // The same code from the same bytes.
    tolerance: 0,
    logged() {
      const file = new DatabaseSync(join(folder, '.holdfast/holdfast.db'), { readOnly: true });
      const { count } = file.prepare('select count(*) as count from prediction').get() as { count: number };
      file.close();
      return count;
    },
    async start() {
      const port = await freePort();
      const serve = ['serve', '--port', String(port), '--rate-limit', '0', ...words];
      return startServer({ command: launcher(root), words: serve, cwd: folder, port, readyPath: '/ready' });
    },
  };
}
