/** A small model with everything that a model file holds, for tests of this room and of later ones. */

import { z } from 'zod';
import { createRandom } from '../../base/random.ts';
import { makeReference } from '../../drift/reference.ts';
import { type Catalogue, createCatalogue } from '../../learn/catalogue.ts';
import { defineClassifier, type FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { goldenJson, makeGoldenRows } from '../../learn/golden-rows.ts';
import { prior } from '../../models/prior.ts';
import { toMatrix } from '../../table/matrix.ts';
import { type ExampleChoices, exampleManifest } from '../../tasks/testing/example-manifest.ts';
import type { ModelParts } from '../model-file.ts';

/** P(churn) = w.x / (1 + |w.x|), moved into [0, 1]: only exact arithmetic. */
const ratioModel = defineClassifier({
  id: 'ratio-model',
  version: 1,
  title: 'Ratio model',
  params: z.strictObject({}),
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: false, isRandom: false },
  examples: [],
  fit: async (data) => ({ weights: new Float64Array(data.table.columns.length).fill(0.1) }),
  predictProba: ({ weights }, table) => {
    const { rows, columns, values } = toMatrix('ratio-model', table);
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += weights[c]! * values[row * columns + c]!;
      return 0.5 + sum / (2 + 2 * Math.abs(sum));
    });
  },
  describe: () => 'A made-up model.',
  simplicity: () => [1],
});

export const exampleCatalogue: Catalogue = createCatalogue([ratioModel], []);

const fitted: FittedClassifier = {
  role: 'classifier',
  id: 'ratio-model',
  version: 1,
  params: {},
  inputs: [
    { name: 'tenure', kind: 'number' },
    { name: 'charges', kind: 'number' },
  ],
  state: { weights: Float64Array.of(-0.3, 0.017) },
};

/** A fitted model of two numbers, and who knows its kind. */
export interface ExampleModel {
  readonly fitted: FittedClassifier;
  readonly catalogue: Catalogue;
}

const ratioExample: ExampleModel = { fitted, catalogue: exampleCatalogue };

/** One that every installation can open. */
export const priorExample: ExampleModel = {
  fitted: { ...fitted, id: prior.id, version: prior.version, state: { churnRate: 0.3 } },
  catalogue: createCatalogue([prior], []),
};

/** The parts of a model file; what a test cares for can be chosen. */
export function exampleParts(
  choices: ExampleChoices = {},
  { fitted, catalogue }: ExampleModel = ratioExample,
): ModelParts {
  const table = makeGoldenRows(
    fitted.inputs.map((input) => ({ ...input, min: 0 })),
    createRandom(1),
  );
  return {
    manifest: exampleManifest(choices),
    fitted,
    reference: makeReference(table, Float64Array.of(0.3, 0.5)),
    golden: goldenJson(table, score(fitted, table, catalogue)),
    card: '# Example\n',
    report: '<!doctype html><title>Example</title>',
  };
}
