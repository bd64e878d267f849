/**
 * Fits a step once for all pipelines that put it in front of the same rows: the candidates of a fold differ in
 * their models, seldom in their preprocessing.
 *
 * Shared is only what is the same for everybody: a step that draws no random number, fitted on the same data set
 * object (so never beyond one fold), with the same parameters, by the same catalogue. Its notes are told to each. Results
 * are equal to the bit with and without sharing. What a step made is kept as long as its data set, up to
 * `mostKeptCells`, so that a large table is not held twice.
 */
import { mostKeptCells } from '../base/kept-cells.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { Dataset } from '../table/dataset.ts';
import type { Catalogue } from './catalogue.ts';
import type { Context, Note } from './context.ts';
import type { Estimator, FittedTransformer } from './definition.ts';
import { fitAndTransform } from './fit.ts';

interface SharedStep {
  readonly fitted: FittedTransformer;
  readonly data: Dataset;
  readonly notes: readonly Note[];
}

const known = new WeakMap<Catalogue, WeakMap<Dataset, Map<string, SharedStep>>>();

/** `fitAndTransform`, or what it gave for the same step on the same data set. */
export async function fitSharedStep(
  step: Estimator,
  data: Dataset,
  ctx: Context,
): Promise<Pick<SharedStep, 'fitted' | 'data'>> {
  const steps = stepsOf(ctx.catalogue, data);
  const key = canonicalJson(step);
  const shared = steps.get(key);
  if (shared) {
    for (const note of shared.notes) ctx.note(note);
    return shared;
  }
  let hasDrawn = false;
  const notes: Note[] = [];
  const made = await fitAndTransform(step, data, {
    ...ctx,
    random: watched(ctx.random, () => {
      hasDrawn = true;
    }),
    note: (note) => {
      notes.push(note);
      ctx.note(note);
    },
  });
  const { rowCount, columns } = made.data.table;
  if (!hasDrawn && rowCount * columns.length <= mostKeptCells) steps.set(key, { ...made, notes });
  return made;
}

function stepsOf(catalogue: Catalogue, data: Dataset): Map<string, SharedStep> {
  const ofCatalogue = known.get(catalogue) ?? new WeakMap<Dataset, Map<string, SharedStep>>();
  known.set(catalogue, ofCatalogue);
  const steps = ofCatalogue.get(data) ?? new Map<string, SharedStep>();
  ofCatalogue.set(data, steps);
  return steps;
}

/** The same stream, which tells when it is drawn from; a path that is read may be drawn from elsewhere. */
function watched(random: Random, onDraw: () => void): Random {
  const drawn = (): Random => {
    onDraw();
    return random;
  };
  return {
    get path() {
      return drawn().path;
    },
    fork: (name, index) => watched(random.fork(name, index), onDraw),
    uint32: () => drawn().uint32(),
    uniform: () => drawn().uniform(),
    integer: (bound) => drawn().integer(bound),
    normal: () => drawn().normal(),
    shuffle: (items) => drawn().shuffle(items),
  };
}
