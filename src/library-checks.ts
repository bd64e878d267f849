/**
 * What `import { ... } from 'holdfast/checks'` gives: the common checks that every model and step passes, for your own.
 *
 * `for await (const verdict of verdicts(myModel, catalogue)) test(verdict.check, () => assert.notEqual(verdict.outcome, 'broken'))`
 */
export {
  allChecks,
  type BoundCheck,
  checkClassifier,
  checkTransformer,
  type Verdict,
  verdicts,
} from './learn/checks/all.ts';
export { type ExampleDataOptions, exampleData } from './learn/checks/data.ts';
