/**
 * A stack of models that are fitted already, by scores that are known already: of a search, say, whose folds left both.
 * What comes out is the value that fitting `stacking` gives.
 */
import type { Context } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { score } from '../../learn/fit.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { joinedInputs } from '../shared/joined-inputs.ts';
import { type StackingState, stacking } from '../stacking.ts';
import { type FittedModel, fitFinal, inputsOf, knownRows, usualFinal } from './final-model.ts';

/** What a stack is made of where fits and scores are there already. */
export interface FittedStack {
  /** Fitted on all rows. The stack's inputs are theirs together. */
  readonly models: readonly FittedClassifier[];
  /** P(churn) of each row from a fit of that model that did not see it; NaN for a row that has none: it is left out. */
  readonly outOfFold: readonly Float64Array[];
  readonly labels: Uint8Array;
  readonly weights?: Float64Array | null;
  /** The last model; `usualFinal` unless said. */
  readonly final?: Estimator;
  /** How many folds made the scores, for the parameters that the stack tells. */
  readonly folds?: number;
}

/** A stack of models that are fitted already: the last model alone is fitted. */
export async function stackFitted(stack: FittedStack, ctx: Context): Promise<FittedClassifier> {
  const { models, outOfFold, final = usualFinal, folds } = stack;
  const { params: chosen } = stacking({
    models: models.map(({ id, params: own }) => ({ id, params: own })),
    final,
    ...(folds !== undefined && { folds }),
  });
  const state: StackingState = {
    models: models as readonly FittedModel[],
    ...(await fitFinal(final, outOfFold, stackRows(stack), ctx)),
  };
  return {
    role: 'classifier',
    id: stacking.id,
    version: stacking.version,
    params: chosen,
    inputs: joinedInputs(stacking.id, models),
    state,
  };
}

/**
 * How a stack would score rows it has not seen: the last model is fitted again for each part, on the rows outside of it.
 * P(churn) of each row; NaN where a model has no score, or no part holds the row. Cost: one small fit a part.
 */
export async function stackOutOfFold(
  stack: Omit<FittedStack, 'models' | 'folds'>,
  parts: readonly { readonly validation: Int32Array }[],
  ctx: Context,
): Promise<Float64Array> {
  const { outOfFold, final = usualFinal } = stack;
  const data = stackRows(stack);
  const scores = new Float64Array(data.labels.length).fill(Number.NaN);
  for (const [fold, { validation }] of parts.entries()) {
    const held = new Set(validation);
    const hidden = outOfFold.map((own) => own.map((p, row) => (held.has(row) ? Number.NaN : p)));
    const random = ctx.random.fork('fold', fold);
    const last = await fitFinal(final, hidden, data, { ...ctx, random });
    const rows = knownRows(outOfFold, validation);
    const answers = score(last.final, inputsOf(outOfFold, rows, last.most), ctx.catalogue);
    rows.forEach((row, i) => {
      scores[row] = answers[i]!;
    });
  }
  return scores;
}

/** Labels and weights without columns: all that the last model's fit takes of them. */
const stackRows = ({ labels, weights = null }: Pick<FittedStack, 'labels' | 'weights'>): Dataset =>
  createDataset(createTable([], labels.length), labels, { weights });
