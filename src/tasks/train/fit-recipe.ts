/** Fits what a search has chosen: one pipeline, or several and what makes one model of them. */
import type { Context, Note } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { type Combination, combineFitted, type KnownScores } from '../../selection/combination.ts';
import type { Dataset } from '../../table/dataset.ts';
import { addNote } from '../context.ts';

/** What the winner is made of, not fitted: one model behind its preprocessing, or several and what makes one of them. */
export interface Recipe {
  readonly pipelines: readonly Estimator[];
  readonly combination: Combination | null;
}

/** `known`: what the last model of a stack learns from, whatever rows its models are fitted on. */
export async function fitRecipe(
  { pipelines, combination }: Recipe,
  data: Dataset,
  known: KnownScores & { readonly folds: number },
  ctx: Context,
  notes: Note[],
): Promise<FittedClassifier> {
  const answers = await ctx.map(
    pipelines.map((one, i) => ({
      ...one,
      data: { ...data, ids: null, times: null },
      stream: (combination ? ctx.random.fork('member', i) : ctx.random).path,
    })),
  );
  for (const answer of answers) for (const note of answer.notes) addNote(notes, note);
  const members = answers.map(({ fitted }) => fitted);
  return combination ? combineFitted(combination, members, known, ctx) : members[0]!;
}
