/**
 * The common checks: every interchangeable thing passes the same ones; its own test holds what makes it special.
 *
 * For your own model: `for (const check of checkClassifier(myModel, catalogue)) test(check.id, () => check.run(example))`.
 */
import type { AnyClassifier, AnyTransformer, Catalogue } from '../catalogue.ts';
import type { Example } from '../definition.ts';
import { sentenceOf } from './claim.ts';
import { columnChecks } from './columns.ts';
import { columnsOutChecks } from './columns-out.ts';
import { determinismChecks } from './determinism.ts';
import { edgeDataChecks } from './edge-data.ts';
import { learningChecks } from './learning.ts';
import { paramChecks } from './params.ts';
import { persistenceChecks } from './persistence.ts';
import { probabilityChecks } from './probabilities.ts';
import { purityChecks } from './purity.ts';
import { rowChecks } from './rows.ts';
import { type Check, createSubject, type Definition, type Subject } from './subject.ts';
import { tagChecks } from './tags.ts';
import { wordChecks } from './words.ts';

export const allChecks: readonly Check[] = [
  ...wordChecks,
  ...paramChecks,
  ...purityChecks,
  ...determinismChecks,
  ...persistenceChecks,
  ...rowChecks,
  ...columnChecks,
  ...columnsOutChecks,
  ...edgeDataChecks,
  ...tagChecks,
  ...probabilityChecks,
  ...learningChecks,
];

/** A check of one definition, to be run with each of its examples. */
export interface BoundCheck {
  /** `classifier/inputs-untouched` */
  readonly id: string;
  readonly title: string;
  /** Throws one sentence when the check does not hold. Knows nothing of skips: `verdicts` does. */
  run(example: Example): Promise<void>;
}

export const checkClassifier = (definition: AnyClassifier, catalogue: Catalogue): readonly BoundCheck[] =>
  bind(definition, catalogue);

export const checkTransformer = (definition: AnyTransformer, catalogue: Catalogue): readonly BoundCheck[] =>
  bind(definition, catalogue);

/** How one check of one definition ended, over its examples. */
export interface Verdict {
  readonly definition: string;
  readonly check: string;
  /** How many examples the check ran with. */
  readonly runs: number;
  readonly outcome: 'held' | 'broken' | 'skipped';
  /** What is wrong, or why it is skipped. */
  readonly sentence: string;
}

/**
 * Runs every check with every example and honours skips: a skipped check is run too, and is broken when no
 * example needs the skip any longer.
 */
export async function* verdicts(definition: Definition, catalogue: Catalogue): AsyncGenerator<Verdict> {
  const { id, role, examples, skips = [] } = definition;
  const checks = bind(definition, catalogue);
  const wrongSkip = skips.find(
    ({ check, reason }) => reason.trim() === '' || !checks.some((known) => known.id === check),
  );
  for (const check of checks) {
    const failures: string[] = [];
    for (const [i, example] of examples.entries()) {
      try {
        await check.run(example);
      } catch (error) {
        failures.push(`${id}, example ${i}: ${sentenceOf(error)}`);
      }
    }
    const verdict = { definition: id, check: check.id, runs: examples.length };
    const skip = skips.find((each) => each.check === check.id);
    if (examples.length === 0)
      yield { ...verdict, outcome: 'broken', sentence: `${id}: has no example, so no check is run` };
    else if (wrongSkip)
      yield {
        ...verdict,
        outcome: 'broken',
        sentence: `${id}: skips ${wrongSkip.check}, which is no check of a ${role} or has no reason`,
      };
    else if (skip && failures.length === 0)
      yield { ...verdict, outcome: 'broken', sentence: `${id}: skip of ${check.id} is no longer needed` };
    else if (skip) yield { ...verdict, outcome: 'skipped', sentence: skip.reason };
    else if (failures.length > 0) yield { ...verdict, outcome: 'broken', sentence: failures.join('; ') };
    else yield { ...verdict, outcome: 'held', sentence: check.title };
  }
}

function bind(definition: Definition, catalogue: Catalogue): readonly BoundCheck[] {
  // One subject an example: the checks share its usual fit.
  const subjects = new Map<Example, Subject>();
  const subjectOf = (example: Example): Subject => {
    const subject = subjects.get(example) ?? createSubject(definition, example, catalogue);
    subjects.set(example, subject);
    return subject;
  };
  return allChecks
    .filter((check) => check.role === undefined || check.role === definition.role)
    .map((check) => ({
      id: `${definition.role}/${check.id}`,
      title: check.title,
      run: async (example) => check.run(subjectOf(example)),
    }));
}
