/** Fitting, transforming and scoring by id: the only ways in and out of a definition. */
import { ColumnError, DataError, ModelFileError, UnavailableError } from '../base/errors.ts';
import type { Plain } from '../base/plain.ts';
import { randomAt } from '../base/random.ts';
import { parseParams } from '../base/schema.ts';
import { listNames, printable } from '../base/text.ts';
import { churnedCount, type Dataset, withTable } from '../table/dataset.ts';
import { requireColumn, selectColumns, type Table } from '../table/table.ts';
import type { Catalogue } from './catalogue.ts';
import type { Context, FitAnswer, FitJob, Note } from './context.ts';
import type {
  Contributions,
  Estimator,
  FittedClassifier,
  FittedTransformer,
  InputColumn,
  OutputColumn,
  Preparation,
  Tags,
} from './definition.ts';

/** Fits a classifier on all columns of the data set. */
export async function fitClassifier(
  estimator: Estimator,
  data: Dataset,
  ctx: Context,
): Promise<FittedClassifier> {
  const definition = ctx.catalogue.classifier(estimator.id);
  const params = parseParams(estimator.id, definition.params, estimator.params) as Plain;
  checkFitRows(estimator.id, data);
  checkKinds(estimator.id, data.table, definition.tags);
  if (data.weights && !definition.tags.acceptsWeights) {
    throw new DataError('learn.weights', `${estimator.id}: does not accept row weights; leave them out`, {
      who: estimator.id,
    });
  }
  const state: Plain = await definition.fit(data, params, ctx);
  return {
    role: 'classifier',
    id: definition.id,
    version: definition.version,
    params,
    inputs: inputsOf(data.table),
    state,
  };
}

/** Fits a transformer on all columns of the data set. */
export async function fitTransformer(
  estimator: Estimator,
  data: Dataset,
  ctx: Context,
): Promise<FittedTransformer> {
  const { definition, params } = checkedTransformer(estimator, data, ctx);
  return fittedTransformer(definition, params, data, await definition.fit(data, params, ctx));
}

/**
 * Fits a transformer and gives the data set that it makes of its own training rows: by `fitTransform` where the
 * definition has one, so that no row is described by its own label, else by `transform`.
 */
export async function fitAndTransform(
  estimator: Estimator,
  data: Dataset,
  ctx: Context,
): Promise<{ fitted: FittedTransformer; data: Dataset }> {
  const { definition, params } = checkedTransformer(estimator, data, ctx);
  if (definition.fitTransform) {
    const { state, table } = await definition.fitTransform(data, params, ctx);
    return { fitted: fittedTransformer(definition, params, data, state), data: withTable(data, table) };
  }
  const fitted = fittedTransformer(definition, params, data, await definition.fit(data, params, ctx));
  return { fitted, data: withTable(data, transform(fitted, data.table, ctx.catalogue)) };
}

function checkedTransformer(estimator: Estimator, data: Dataset, ctx: Context) {
  const definition = ctx.catalogue.transformer(estimator.id);
  const params = parseParams(estimator.id, definition.params, estimator.params) as Plain;
  if (data.table.rowCount === 0) {
    throw new DataError('learn.no-rows', `${estimator.id}: fitted on no rows; give it at least one`, {
      who: estimator.id,
    });
  }
  checkKinds(estimator.id, data.table, definition.tags);
  return { definition, params };
}

const fittedTransformer = (
  { id, version }: { readonly id: string; readonly version: number },
  params: Plain,
  data: Dataset,
  state: Plain,
): FittedTransformer => ({
  role: 'transformer',
  id,
  version,
  params,
  inputs: inputsOf(data.table),
  state,
});

/** P(churn) per row. Columns are found by name, extras are ignored, a missing or wrong one is refused by name. */
export function score(fitted: FittedClassifier, table: Table, catalogue: Catalogue): Float64Array {
  const definition = catalogue.classifier(fitted.id);
  const inputs = chosenInputs(fitted, table);
  const scores = definition.predictProba(currentState(fitted, definition), inputs, catalogue);
  // A file whose numbers somebody changed, hashes and golden scores too, may hold leaves that are no probabilities.
  if (!scores.every((p) => p >= 0 && p <= 1))
    throw new ModelFileError(
      'model.damaged',
      `${fitted.id}: it gives scores that are no probabilities; do not use this model, train it again`,
      { id: fitted.id },
    );
  return scores;
}

/** The table that a fitted transformer makes of these rows. */
export function transform(fitted: FittedTransformer, table: Table, catalogue: Catalogue): Table {
  const definition = catalogue.transformer(fitted.id);
  const inputs = chosenInputs(fitted, table);
  return definition.transform(currentState(fitted, definition), inputs, catalogue);
}

/** What a fitted transformer makes, and of what. */
export function columnsOut(fitted: FittedTransformer, catalogue: Catalogue): readonly OutputColumn[] {
  const definition = catalogue.transformer(fitted.id);
  return definition.columnsOut(currentState(fitted, definition), catalogue);
}

/** One sentence about what was learned. */
export function describe(fitted: FittedClassifier | FittedTransformer, catalogue: Catalogue): string {
  const definition =
    fitted.role === 'classifier' ? catalogue.classifier(fitted.id) : catalogue.transformer(fitted.id);
  return definition.describe(currentState(fitted, definition), catalogue);
}

/** Exact additive contributions per input column, or undefined where the model has none. */
export function contributions(
  fitted: FittedClassifier,
  table: Table,
  catalogue: Catalogue,
): Contributions | undefined {
  const definition = catalogue.classifier(fitted.id);
  return definition.contributions?.(currentState(fitted, definition), chosenInputs(fitted, table), catalogue);
}

/** The inputs that each column of a fitted model's contributions is made of; undefined where they are its inputs. */
export function contributionSources(
  fitted: FittedClassifier,
  catalogue: Catalogue,
): ReadonlyMap<string, readonly string[]> | undefined {
  const definition = catalogue.classifier(fitted.id);
  return definition.sources?.(currentState(fitted, definition), catalogue);
}

/** What an estimator wants done to columns before it sees them. */
export function preparationOf(estimator: Estimator, catalogue: Catalogue): Preparation {
  return catalogue.classifier(estimator.id).preparation?.(estimator.params, catalogue) ?? 'full';
}

/** How much a fitted model leans on each of its inputs, in their order, or undefined where it cannot say. */
export function importances(fitted: FittedClassifier, catalogue: Catalogue): Float64Array | undefined {
  const definition = catalogue.classifier(fitted.id);
  return definition.importances?.(currentState(fitted, definition), catalogue);
}

/** Does one job: what every thread runs. The random stream is the job's own, so order and thread don't matter. */
export async function runFitJob(job: FitJob, ctx: Omit<Context, 'random' | 'note'>): Promise<FitAnswer> {
  const notes: Note[] = [];
  const started = ctx.clock.cpuSeconds();
  const jobContext: Context = {
    ...(job.endsAt === undefined ? ctx : endingAt(job.endsAt, ctx)),
    random: randomAt(job.stream),
    note: (note) => notes.push(note),
  };
  jobContext.signal?.throwIfAborted();
  const fitted = await fitClassifier({ id: job.id, params: job.params }, job.data, jobContext);
  return { fitted, notes, cpuSeconds: ctx.clock.cpuSeconds() - started };
}

/** The same context for work that ends at a moment, jobs inside it too. */
function endingAt<Given extends Omit<Context, 'random' | 'note'>>(endsAt: number, ctx: Given): Given {
  const signal = {
    throwIfAborted: () => {
      ctx.signal?.throwIfAborted();
      if (ctx.clock.now() >= endsAt)
        throw new UnavailableError(
          'search.over',
          'search: the budget was used up during a fit; give it more',
          {},
        );
    },
  };
  const map: Context['map'] = (jobs, ...heard) =>
    ctx.map(
      jobs.map((job) => ({ ...job, endsAt })),
      ...heard,
    );
  return { ...ctx, signal, map };
}

const inputsOf = (table: Table): InputColumn[] => table.columns.map(({ name, kind }) => ({ name, kind }));

function chosenInputs(fitted: FittedClassifier | FittedTransformer, table: Table): Table {
  // Steps within a model hand each other just what was fitted: nothing to choose.
  if (isMadeOf(table, fitted.inputs)) return table;
  for (const input of fitted.inputs) requireColumn(fitted.id, table, input.name, input.kind);
  return selectColumns(
    table,
    fitted.inputs.map((input) => input.name),
    fitted.id,
  );
}

function isMadeOf({ columns }: Table, inputs: readonly InputColumn[]): boolean {
  if (columns.length !== inputs.length) return false;
  for (let at = 0; at < inputs.length; at++) {
    const { name, kind } = inputs[at]!;
    if (columns[at]!.name !== name || columns[at]!.kind !== kind) return false;
  }
  return true;
}

/** The state in the shape of today's definition: files saved earlier are upgraded step by step. */
function currentState(
  fitted: FittedClassifier | FittedTransformer,
  definition: {
    readonly version: number;
    readonly upgrades?: Readonly<Record<number, (state: Plain) => Plain>>;
  },
): Plain {
  let state = fitted.state;
  if (fitted.version > definition.version) {
    throw new ModelFileError(
      'model.newer',
      `${fitted.id}: state of version ${fitted.version}, this Holdfast knows up to ${definition.version}; update Holdfast`,
      { who: fitted.id },
    );
  }
  for (let version = fitted.version; version < definition.version; version++) {
    const upgrade = definition.upgrades?.[version];
    if (!upgrade) {
      throw new ModelFileError(
        'model.damaged',
        `${fitted.id}: no way from state version ${version} to ${definition.version}`,
        { who: fitted.id },
      );
    }
    state = upgrade(state);
  }
  return state;
}

function checkFitRows(who: string, data: Dataset): void {
  const rows = data.table.rowCount;
  if (rows === 0)
    throw new DataError('learn.no-rows', `${who}: fitted on no rows; give it at least one`, { who });
  if (data.weights) checkWeights(who, data.weights);
  const { weights, labels } = data;
  // A row of weight 0 is as good as none.
  const counting = weights ? labels.filter((_, row) => weights[row]! > 0) : labels;
  const churned = churnedCount(counting);
  if (churned === 0 || churned === counting.length) {
    const which = counting.length < rows ? `${counting.length} rows of a weight above 0` : `${rows} rows`;
    throw new DataError(
      'learn.one-class',
      `${who}: all ${which} have the same outcome, two needed; add customers of the other`,
      { who, rows: counting.length },
    );
  }
}

/** Weights are added up, squared and divided by: beyond these a double has no room for it. */
const leastWeight = 1e-100;
const mostWeight = 1e100;

function checkWeights(who: string, weights: Float64Array): void {
  let total = 0;
  for (const weight of weights) {
    if (weight !== 0 && !(weight >= leastWeight && weight <= mostWeight)) {
      throw new DataError(
        'learn.weights',
        `${who}: row weights must be 0 or from ${leastWeight} to ${mostWeight}; divide them all by their mean`,
        { who },
      );
    }
    total += weight;
  }
  if (total === 0)
    throw new DataError('learn.weights', `${who}: all row weights are 0; give at least one row a weight`, {
      who,
    });
}

function checkKinds(who: string, table: Table, tags: Tags): void {
  for (const column of table.columns) {
    if (!tags.kinds.includes(column.kind)) {
      throw new ColumnError(
        'column.kind',
        `${who}: column ${printable(column.name)} is of kind ${column.kind}, ${listNames(tags.kinds)} allowed; encode it before`,
        { who, column: column.name, kind: column.kind },
      );
    }
  }
}
