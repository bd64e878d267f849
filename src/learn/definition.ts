/**
 * What a transformer and a classifier are: definitions found by id, estimators and fitted values as plain data.
 *
 * A definition is code and stays where it is. An estimator `{ id, params }` and a fitted value
 * `{ id, version, params, inputs, state }` are data: saved, hashed, compared, sent to threads.
 */
import type { z } from 'zod';
import type { Plain } from '../base/plain.ts';
import { type ObjectSchema, parseParams } from '../base/schema.ts';
import type { ColumnKind } from '../table/column.ts';
import type { Dataset } from '../table/dataset.ts';
import type { Table } from '../table/table.ts';
import type { Catalogue } from './catalogue.ts';
import type { Context } from './context.ts';

/** A step with its parameters, not fitted. The schema of the definition has filled in the defaults. */
export interface Estimator {
  readonly id: string;
  readonly params: Plain;
}

/** A column that a fitted value needs, by name and kind. */
export interface InputColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A column that a transformer makes; `from` names the columns of its input that it is made of. */
export interface OutputColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly from: readonly string[];
}

interface Fitted {
  readonly id: string;
  readonly version: number;
  readonly params: Plain;
  readonly inputs: readonly InputColumn[];
  readonly state: Plain;
}

export interface FittedTransformer extends Fitted {
  readonly role: 'transformer';
}

/** The only thing that can be scored: an unfitted estimator is refused by the compiler. */
export interface FittedClassifier extends Fitted {
  readonly role: 'classifier';
}

/** What a definition promises; the common checks hold it to every word. */
export interface Tags {
  /** Kinds of input columns it can work with. */
  readonly kinds: readonly ColumnKind[];
  /** Missing values are welcome in `fit` and afterwards. */
  readonly acceptsMissing: boolean;
  /** Draws from `ctx.random`: another seed may give another state. */
  readonly isRandom: boolean;
  /** A step may answer missing where nothing it was given is missing: a ratio with denominator 0. */
  readonly givesMissing?: boolean;
}

export interface ClassifierTags extends Tags {
  /** A row of weight 2 does what the row twice would do. */
  readonly acceptsWeights: boolean;
}

/** A parameter set that the common checks run with. */
export interface Example {
  readonly params: Record<string, unknown>;
}

/** A common check that does not hold for a definition, and why. A skip that is no longer needed fails the run. */
export interface Skip {
  readonly check: string;
  readonly reason: string;
}

/** Additive parts of a score: `base` + the sum of a row's `values` (row-major, rows x inputs) = `link(score)`. */
export interface Contributions {
  readonly link: 'logit' | 'probability';
  readonly base: number;
  readonly columns: readonly string[];
  readonly values: Float64Array;
}

/**
 * What a model wants done to columns before it sees them. `full`: all that the project file says. `native`: nothing but
 * what the contract asks for a single column, since it takes missing values and categories as they are.
 */
export type Preparation = 'full' | 'native';

interface Definition<S extends ObjectSchema> {
  readonly id: string;
  /** Raised when the shape of `state` changes; comes with an entry in `upgrades`. */
  readonly version: number;
  readonly title: string;
  readonly params: S;
  readonly examples: readonly Example[];
  readonly skips?: readonly Skip[];
  /** Other parameters that are known to be good: a search tries them after the defaults. */
  readonly starts?: readonly Readonly<Record<string, Plain>>[];
  /** Turns the state of version n into that of n + 1, for files saved earlier. */
  readonly upgrades?: Readonly<Record<number, (state: Plain) => Plain>>;
}

export interface FitTransformed<State extends Plain> {
  readonly state: State;
  /** The columns of `columnsOut`, one row a training row. */
  readonly table: Table;
}

export interface TransformerSpec<S extends ObjectSchema, State extends Plain> extends Definition<S> {
  readonly tags: Tags;
  fit(data: Dataset, params: z.infer<S>, ctx: Context): Promise<State>;
  /**
   * For a step that has looked at labels: the state that `fit` gives, and what the training rows become for the
   * steps after it, each row made without its own label. Without it the training rows are transformed like any others.
   */
  fitTransform?(data: Dataset, params: z.infer<S>, ctx: Context): Promise<FitTransformed<State>>;
  /** Same rows, other columns. Pure: a row's result never depends on other rows. */
  transform(state: State, table: Table, catalogue: Catalogue): Table;
  columnsOut(state: State, catalogue: Catalogue): readonly OutputColumn[];
  /** One sentence about what was learned, for the report. */
  describe(state: State, catalogue: Catalogue): string;
}

export interface ClassifierSpec<S extends ObjectSchema, State extends Plain> extends Definition<S> {
  readonly tags: ClassifierTags;
  fit(data: Dataset, params: z.infer<S>, ctx: Context): Promise<State>;
  /** P(churn) per row. Synchronous and pure. */
  predictProba(state: State, table: Table, catalogue: Catalogue): Float64Array;
  describe(state: State, catalogue: Catalogue): string;
  /**
   * How much there is to understand and to go wrong, smaller is simpler: compared position by position. The
   * first number orders the families (prior 0, linear 1, single tree 2, forest 3, boosting 4, network 5).
   */
  simplicity(params: z.infer<S>): readonly number[];
  /** Exact additive explanation, where the model has one; its columns are the model's inputs. */
  contributions?(state: State, table: Table, catalogue: Catalogue): Contributions | undefined;
  /** For a model behind steps: the inputs that each column of its contributions is made of. */
  sources?(state: State, catalogue: Catalogue): ReadonlyMap<string, readonly string[]>;
  /** `full` unless said. */
  preparation?(params: z.infer<S>, catalogue: Catalogue): Preparation;
  /** How much the model leans on each of its inputs, in their order; 0 or more. What `top-k` chooses by. */
  importances?(state: State, catalogue: Catalogue): Float64Array;
}

/** Called with parameters it checks them and gives an estimator; its fields are the definition. */
export type TransformerDefinition<
  S extends ObjectSchema = ObjectSchema,
  State extends Plain = Plain,
> = Readonly<TransformerSpec<S, State>> & { readonly role: 'transformer' } & ((
    params?: z.input<S>,
  ) => Estimator);

export type ClassifierDefinition<
  S extends ObjectSchema = ObjectSchema,
  State extends Plain = Plain,
> = Readonly<ClassifierSpec<S, State>> & { readonly role: 'classifier' } & ((
    params?: z.input<S>,
  ) => Estimator);

export function defineTransformer<S extends ObjectSchema, State extends Plain>(
  spec: TransformerSpec<S, State>,
): TransformerDefinition<S, State> {
  const make = (params?: z.input<S>): Estimator => checkedEstimator(spec, params);
  return Object.freeze(Object.assign(make, spec, { role: 'transformer' as const }));
}

export function defineClassifier<S extends ObjectSchema, State extends Plain>(
  spec: ClassifierSpec<S, State>,
): ClassifierDefinition<S, State> {
  const make = (params?: z.input<S>): Estimator => checkedEstimator(spec, params);
  return Object.freeze(Object.assign(make, spec, { role: 'classifier' as const }));
}

const checkedEstimator = (spec: Definition<ObjectSchema>, params: unknown): Estimator => ({
  id: spec.id,
  params: parseParams(spec.id, spec.params, params) as Plain,
});
