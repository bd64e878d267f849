/** One definition with one of its examples, ready to be tried: classifiers and transformers answer the same questions. */
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { numberColumn } from '../../table/column.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createTable, type Table } from '../../table/table.ts';
import { type AnyClassifier, type AnyTransformer, type Catalogue, createCatalogue } from '../catalogue.ts';
import type { Context, FitAnswer, FitJob } from '../context.ts';
import type {
  ClassifierTags,
  Estimator,
  Example,
  FittedClassifier,
  FittedTransformer,
  Tags,
} from '../definition.ts';
import { fitClassifier, fitTransformer, runFitJob, score, transform } from '../fit.ts';
import { type ExampleDataOptions, exampleData } from './data.ts';

export type Definition = AnyClassifier | AnyTransformer;
export type Fitted = FittedClassifier | FittedTransformer;

/** A common check: `run` throws one sentence when it does not hold. */
export interface Check {
  /** `classifier/inputs-untouched` without its role. */
  readonly id: string;
  readonly title: string;
  /** The roles that owe it; both by default. */
  readonly role?: 'classifier' | 'transformer';
  run(subject: Subject): Promise<void>;
}

export interface FitOptions {
  readonly seed?: number;
  /** Does the jobs of `ctx.map` from last to first. */
  readonly reversed?: boolean;
}

export interface Subject {
  readonly id: string;
  readonly role: 'classifier' | 'transformer';
  readonly definition: Definition;
  readonly tags: Tags & Partial<ClassifierTags>;
  readonly estimator: Estimator;
  readonly catalogue: Catalogue;
  /** Example data with the kinds of columns that the definition works with. */
  data(options?: ExampleDataOptions): Dataset;
  fit(data: Dataset, options?: FitOptions): Promise<Fitted>;
  /** The definition fitted on `data()`, made once. */
  fitted(): Promise<Fitted>;
  /** What the fitted value makes of a table; scores stand in one column. */
  apply(fitted: Fitted, table: Table): Table;
}

/** The column in which a classifier's scores stand. */
export const scoreColumn = 'churnProbability';

export function createSubject(definition: Definition, example: Example, catalogue: Catalogue): Subject {
  const known = withDefinition(catalogue, definition);
  const estimator = definition(example.params);
  const data = (options: ExampleDataOptions = {}): Dataset =>
    exampleData({ kinds: definition.tags.kinds, ...options });
  const fit = (rows: Dataset, options: FitOptions = {}): Promise<Fitted> => {
    const ctx = checkContext(known, options);
    return definition.role === 'classifier'
      ? fitClassifier(estimator, rows, ctx)
      : fitTransformer(estimator, rows, ctx);
  };
  let once: Promise<Fitted> | undefined;
  return {
    id: definition.id,
    role: definition.role,
    definition,
    tags: definition.tags,
    estimator,
    catalogue: known,
    data,
    fit,
    fitted() {
      once ??= fit(data());
      return once;
    },
    apply(fitted, table) {
      if (fitted.role === 'transformer') return transform(fitted, table, known);
      return createTable([numberColumn(scoreColumn, score(fitted, table, known))], table.rowCount);
    },
  };
}

/** A context that owes nothing to machine or time. */
export function checkContext(catalogue: Catalogue, { seed = 7, reversed = false }: FitOptions = {}): Context {
  const bare = { clock: stoppedClock(), catalogue };
  const inOrder: Context['map'] = sequentialMap<FitJob, FitAnswer>((job) => runFitJob(job, { ...bare, map }));
  const fromTheEnd: Context['map'] = async (jobs, onDone) => {
    const answers = await inOrder([...jobs].reverse(), (i, answer) => onDone?.(jobs.length - 1 - i, answer));
    return answers.reverse();
  };
  const map = reversed ? fromTheEnd : inOrder;
  return { ...bare, map, random: createRandom(seed), note: () => undefined };
}

/** The catalogue, with the definition in it: so that a user's own can be checked before it is listed anywhere. */
function withDefinition(catalogue: Catalogue, definition: Definition): Catalogue {
  const isListed = (list: readonly Definition[]): boolean => list.includes(definition);
  if (definition.role === 'classifier') {
    if (isListed(catalogue.classifiers)) return catalogue;
    return createCatalogue([...catalogue.classifiers, definition], catalogue.transformers);
  }
  if (isListed(catalogue.transformers)) return catalogue;
  return createCatalogue(catalogue.classifiers, [...catalogue.transformers, definition]);
}
