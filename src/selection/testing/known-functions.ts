/**
 * Functions whose best value is known, as models with parameters to search: what a method finds is judged without fits.
 *
 * The same functions are in golden/tpe.py.
 */
import { z } from 'zod';
import { createRandom, type Random } from '../../base/random.ts';
import type { SearchRange } from '../../base/schema.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { defineClassifier } from '../../learn/definition.ts';
import type { CandidateGrids } from '../grid.ts';
import type { Candidate, SearchAsk, SearchMethod, Trial } from '../search-method.ts';

/** A model that is never fitted: only its parameters count. */
const parametersOnly = (id: string, fields: z.ZodRawShape) =>
  defineClassifier({
    id,
    version: 1,
    title: id,
    params: z.strictObject(fields),
    tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: false },
    examples: [],
    fit: async () => ({}),
    predictProba: (_state, table) => new Float64Array(table.rowCount),
    describe: () => id,
    simplicity: () => [0],
  });

const numberIn = (range: Extract<SearchRange, { readonly low: number }>, start: number) =>
  z.number().min(range.low).max(range.high).default(start).meta({ search: range });

// Defaults lie far from the best, so that beginning with them is no help.
const branin = parametersOnly('branin', {
  x: numberIn({ type: 'linear', low: -5, high: 10 }, -5),
  y: numberIn({ type: 'linear', low: 0, high: 15 }, 0),
});
const recipe = parametersOnly('recipe', {
  kind: z
    .enum(['a', 'b', 'c', 'd'])
    .default('d')
    .meta({ search: { type: 'choice', values: ['a', 'b', 'c', 'd'] } }),
  rate: numberIn({ type: 'log', low: 1e-5, high: 1 }, 1e-5),
  depth: numberIn({ type: 'integer', low: 2, high: 16 }, 16),
});

export const knownCatalogue = createCatalogue([branin, recipe], []);

/** Smallest value 0.397887, at three places. */
export function braninValue(x: number, y: number): number {
  const a = y - (5.1 * x * x) / (4 * Math.PI ** 2) + (5 * x) / Math.PI - 6;
  return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

/** Each kind has a best rate of its own; smallest value 0, at kind b, rate 0.003, depth 6. */
export function recipeValue(kind: 'a' | 'b' | 'c' | 'd', rate: number, depth: number): number {
  const floor = { a: 0.5, b: 0, c: 0.3, d: 0.8 }[kind];
  const bestRate = { a: -1, b: Math.log10(0.003), c: -3.5, d: -2 }[kind];
  return floor + (Math.log10(rate) - bestRate) ** 2 + 0.02 * (depth - 6) ** 2;
}

export interface KnownFunction {
  readonly grids: CandidateGrids;
  valueOf(candidate: Candidate): number;
  /** Spread of what is seen of a value, normal. */
  readonly noise: number;
}

export const knownFunctions: Readonly<Record<'branin' | 'recipe', KnownFunction>> = {
  branin: {
    grids: { branin: {} },
    valueOf({ params }) {
      const { x, y } = params as { x: number; y: number };
      return braninValue(x, y);
    },
    noise: 0,
  },
  recipe: {
    grids: { recipe: {} },
    valueOf({ params }) {
      const { kind, rate, depth } = params as { kind: 'a'; rate: number; depth: number };
      return recipeValue(kind, rate, depth);
    },
    noise: 0.1,
  },
};

export const knownAsk = (grids: CandidateGrids, trials: number, random: Random): SearchAsk => ({
  grids,
  catalogue: knownCatalogue,
  trials,
  random,
  sign: -1,
  rows: 10_000,
  resource: 'rows',
  earlier: [],
  endsEarly: false,
});

/** The trials of a method whose only fold has the value that `seen` gives. */
export function runMethod(
  method: SearchMethod,
  ask: SearchAsk,
  seen: (candidate: Candidate) => number,
): Trial[] {
  const trials: Trial[] = [];
  for (;;) {
    const asked = method.next(trials, ask);
    if (asked.length === 0) return trials;
    for (const request of asked)
      trials.push({
        ...request,
        number: trials.length + 1,
        folds: [seen(request.candidate)],
        outcome: 'whole',
        seconds: 0,
      });
  }
}

/** The true value of the trial that looked best. */
export function bestFound(method: SearchMethod, known: KnownFunction, trials: number, seed: number): number {
  const random = createRandom(seed);
  const noise = random.fork('noise');
  const tried = runMethod(
    method,
    knownAsk(known.grids, trials, random.fork('candidates')),
    (candidate) => known.valueOf(candidate) + known.noise * noise.normal(),
  );
  const best = tried.reduce((a, b) => (b.folds[0]! < a.folds[0]! ? b : a));
  return known.valueOf(best.candidate);
}
