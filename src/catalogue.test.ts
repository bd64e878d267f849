/** Every common check over every example of every definition, and the proof that none dropped out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from './catalogue.ts';
import { allChecks, checkClassifier, checkTransformer, verdicts } from './learn/checks/all.ts';

const definitions = [...catalogue.transformers, ...catalogue.classifiers];
let runs = 0;

for (const definition of definitions) {
  test(`${definition.role} ${definition.id}: common checks`, async (t) => {
    for await (const verdict of verdicts(definition, catalogue)) {
      runs += verdict.runs;
      const title = verdict.outcome === 'skipped' ? `${verdict.check} is skipped` : verdict.check;
      await t.test(`${title}: ${verdict.sentence}`, () => {
        assert.notEqual(verdict.outcome, 'broken', verdict.sentence);
      });
    }
  });
}

test('checks run = definitions x examples x checks, so nothing drops out quietly', () => {
  const checksOf = (role: 'classifier' | 'transformer'): number =>
    allChecks.filter((check) => check.role === undefined || check.role === role).length;
  const examplesOf = (list: readonly { readonly examples: readonly unknown[] }[]): number =>
    list.reduce((sum, { examples }) => sum + examples.length, 0);
  assert.equal(
    runs,
    examplesOf(catalogue.classifiers) * checksOf('classifier') +
      examplesOf(catalogue.transformers) * checksOf('transformer'),
  );
  assert.ok(definitions.every(({ examples }) => examples.length > 0));
  assert.ok(definitions.length >= 2 && checksOf('classifier') > 30 && checksOf('transformer') > 30);
});

test('no two checks of a role share an id', () => {
  for (const checks of [
    checkClassifier(catalogue.classifiers[0]!, catalogue),
    checkTransformer(catalogue.transformers[0]!, catalogue),
  ]) {
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
  }
});
