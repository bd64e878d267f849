/** A model that can be worked out in the head, ports that do nothing, and files of customers, for tests of tasks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sequentialMap } from '../../base/parallel.ts';
import { type Contract, dataSection } from '../../data/contract.ts';
import { makeReference } from '../../drift/reference.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { defineClassifier } from '../../learn/definition.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createTable, requireColumn } from '../../table/table.ts';
import { type LoadedModel, type StoredModel, silentProgress, type WorkPorts } from '../ports.ts';
import { exampleManifest } from './example-manifest.ts';

/** P(churn) = 1 / (1 + tenure); 0.5 where tenure is missing. */
const newcomers = defineClassifier({
  id: 'newcomers',
  version: 1,
  title: 'Newcomers leave',
  params: z.strictObject({}),
  tags: { kinds: ['number', 'category'], acceptsMissing: true, acceptsWeights: false, isRandom: false },
  examples: [],
  fit: async () => ({}),
  predictProba: (_state, table) =>
    requireColumn('newcomers', table, 'tenure', 'number').values.map((months) =>
      Number.isNaN(months) ? 0.5 : 1 / (1 + months),
    ),
  describe: () => 'A made-up model.',
  simplicity: () => [1],
});

export const examplePorts: WorkPorts = {
  catalogue: createCatalogue([newcomers], []),
  clock: { now: () => 0, cpuSeconds: () => 0 } as WorkPorts['clock'],
  map: sequentialMap(() => Promise.reject(new Error('nothing is fitted here'))),
  progress: silentProgress,
};

export const exampleContract: Contract = dataSection.parse({
  source: 'customers.csv',
  id: 'customer',
  target: { column: 'left', churned: 'yes' },
  columns: {
    tenure: { kind: 'number', min: 0, nullable: true },
    plan: { kind: 'category', levels: ['basic', 'gold'], nullable: true },
  },
});

/** The model, as if it had been trained on customers of these ids. */
export function exampleModel(
  contract: Contract = exampleContract,
  trainedOn: readonly string[] = [],
): StoredModel {
  const manifest = exampleManifest();
  const table = createTable([numberColumn('tenure', [1, 2]), categoryColumn('plan', ['basic', 'gold'])]);
  const known = new Set(trainedOn.map((id) => `id:${id}`));
  return {
    manifest: {
      ...manifest,
      formatVersion: 1,
      parts: {},
      contract,
      project: { split: {}, gate: { rocAuc: 0.9 } },
    } as LoadedModel['manifest'],
    fitted: {
      role: 'classifier',
      id: 'newcomers',
      version: 1,
      params: {},
      inputs: [
        { name: 'tenure', kind: 'number' },
        { name: 'plan', kind: 'category' },
      ],
      state: {},
    },
    reference: makeReference(table, Float64Array.of(0.5, 0.3)),
    card: '# Newcomers\n',
    report: '<!doctype html>\n',
    // Exact, unlike the filter of a saved model, which takes 1% of strangers for acquaintances.
    knowsTrainingKey: (key) => known.has(key),
  };
}

export interface TaskPlace extends Disposable {
  path(name: string): string;
  /** Writes a file of these lines and gives its path. */
  file(name: string, lines: readonly string[]): string;
}

export function newTaskPlace(): TaskPlace {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-task-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    file: (name, lines) => {
      writeFileSync(path(name), `${lines.join('\n')}\n`);
      return path(name);
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
