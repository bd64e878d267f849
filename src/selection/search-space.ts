/**
 * Where random, Bayesian and halving search look: for each model the parameters that vary, and over what.
 *
 * A list in the project file restricts a parameter to its alternatives, a single value fixes it, and a parameter left
 * out varies over the range in its schema, where it has one (`meta.search`). Parameters belong to their model: a learning
 * rate of one says nothing of another.
 */
import { canonicalJson, type Plain } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import type { SearchRange } from '../base/schema.ts';
import type { AnyClassifier, Catalogue } from '../learn/catalogue.ts';
import { exp, log } from '../math/exp-log.ts';
import { type CandidateGrids, expandCandidates, expandGrid } from './grid.ts';
import { type Candidate, candidateKey } from './search-method.ts';

export interface Dimension {
  readonly name: string;
  readonly range: SearchRange;
}

export interface Family {
  readonly id: string;
  readonly definition: AnyClassifier;
  /** Parameters that the project file fixes. */
  readonly fixed: Readonly<Record<string, Plain>>;
  readonly dimensions: readonly Dimension[];
}

/** The dimension of ways to prepare columns; no model has a parameter of this name. */
export const preparationName = 'preparation';

/** One family a model, in the order written. Every name and value that was written is checked, as the grid does. */
export function searchSpace(
  grids: CandidateGrids,
  catalogue: Catalogue,
  preparations: (model: string) => readonly Plain[] = () => [],
): Family[] {
  // Without a model there is nothing to look through: the grid has the sentence for that.
  if (Object.keys(grids).length === 0) expandCandidates(grids, catalogue);
  return Object.entries(grids).map(([id, grid]) => {
    const definition = catalogue.classifier(id);
    const firsts = Object.fromEntries(
      Object.entries(grid).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, 1) : value]),
    );
    const fixed: Record<string, Plain> = {};
    const dimensions: Dimension[] = [];
    for (const [name, value] of Object.entries(grid)) {
      // As the schema reads them: what a trial's parameters are compared with.
      const values = distinct(
        expandGrid(definition, { ...firsts, [name]: value }).map(
          ({ params }) => (params as Record<string, Plain>)[name]!,
        ),
      );
      if (values.length === 1) fixed[name] = values[0]!;
      else dimensions.push({ name, range: { type: 'choice', values } });
    }
    const ways = preparations(id);
    // The project file's own way is null. A model without parameters looks at no column.
    if (ways.length > 0 && Object.keys(definition.params.shape).length > 0)
      dimensions.push({ name: preparationName, range: { type: 'choice', values: [null, ...ways] } });
    return { id, definition, fixed, dimensions: [...dimensions, ...rangesLeftOut(definition, grid)] };
  });
}

const distinct = (values: readonly Plain[]): Plain[] => [
  ...new Map(values.map((value) => [canonicalJson(value), value])).values(),
];

/** The ranges of the parameters that the grid leaves out. */
const rangesLeftOut = (definition: AnyClassifier, grid: Readonly<Record<string, unknown>>): Dimension[] =>
  Object.entries(definition.params.shape as Record<string, { meta?: () => unknown }>).flatMap(
    ([name, field]) => {
      const range = (field.meta?.() as { search?: SearchRange } | undefined)?.search;
      return name in grid || range === undefined ? [] : [{ name, range }];
    },
  );

/** A candidate of the family with these values of what varies. */
export function candidateOf(family: Family, values: Readonly<Record<string, unknown>>): Candidate {
  const { [preparationName]: preparation = null, ...params } = values as Record<string, Plain>;
  const model = family.definition({ ...family.fixed, ...params });
  return preparation === null ? model : { ...model, preparation };
}

/** What a candidate has in a dimension. */
export const dimensionOf = ({ params, preparation = null }: Candidate, name: string): Plain | undefined =>
  name === preparationName ? preparation : (params as Record<string, Plain>)[name];

/** A candidate drawn evenly from the ranges. */
export const drawCandidate = (family: Family, random: Random): Candidate =>
  candidateOf(
    family,
    Object.fromEntries(family.dimensions.map(({ name, range }) => [name, drawFrom(range, random)])),
  );

/** The model's own defaults, brought into the ranges: they were chosen with care, so a search begins with them. */
export function defaultCandidate(family: Family): Candidate {
  const { params } = family.definition({
    ...family.fixed,
    // Without a first alternative a parameter without a default would be missing.
    ...Object.fromEntries(
      family.dimensions.flatMap(({ name, range }) =>
        range.type === 'choice' && name !== preparationName ? [[name, range.values[0]]] : [],
      ),
    ),
  } as Record<string, Plain>);
  const own = defaultsOf(family.definition);
  return candidateOf(
    family,
    Object.fromEntries(
      family.dimensions.map(({ name, range }) => {
        const given = own[name] ?? (params as Record<string, Plain>)[name] ?? null;
        if (range.type === 'choice') return [name, range.values[Math.max(0, choiceIndex(range, given))]];
        return [name, Math.min(range.high, Math.max(range.low, Number(given)))];
      }),
    ),
  );
}

/** What the model's definition names as good beside its defaults, as far as it lies within the ranges. */
export const startCandidates = (family: Family): Candidate[] =>
  (family.definition.starts ?? [])
    .map((start) => ({ ...(defaultCandidate(family).params as Record<string, Plain>), ...start }))
    .map((params) => ({ id: family.id, params }))
    .filter((candidate) => familyOf([family], candidate) !== undefined);

/** Defaults of the parameters that have one. */
function defaultsOf(definition: AnyClassifier): Readonly<Record<string, unknown>> {
  const shape = definition.params.shape as Record<
    string,
    { safeParse?: (value: unknown) => { data?: unknown } }
  >;
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, field.safeParse?.(undefined).data]),
  );
}

/** The family of which this is a candidate within the ranges; undefined where it lies outside of them. */
export function familyOf(
  space: readonly Family[],
  { repeat: _, ...candidate }: Candidate,
): Family | undefined {
  const family = space.find((one) => one.id === candidate.id);
  if (!family) return undefined;
  if (!family.dimensions.every(({ name, range }) => isWithin(range, dimensionOf(candidate, name))))
    return undefined;
  // What neither varies nor is fixed has its default: any other value lies outside.
  const values = Object.fromEntries(
    family.dimensions.map(({ name }) => [name, dimensionOf(candidate, name)]),
  );
  return candidateKey(candidateOf(family, values)) === candidateKey(candidate) ? family : undefined;
}

/** The place of a value among the alternatives; -1 where it is none of them. */
export const choiceIndex = (
  range: Extract<SearchRange, { readonly type: 'choice' }>,
  value: unknown,
): number => range.values.findIndex((one) => canonicalJson(one) === canonicalJson(value));

export function isWithin(range: SearchRange, value: unknown): boolean {
  if (range.type === 'choice') return choiceIndex(range, value) >= 0;
  if (typeof value !== 'number' || (range.type === 'integer' && !Number.isInteger(value))) return false;
  return value >= range.low && value <= range.high;
}

function drawFrom(range: SearchRange, random: Random): unknown {
  switch (range.type) {
    case 'choice':
      return range.values[random.integer(range.values.length)];
    case 'integer':
      return range.low + random.integer(range.high - range.low + 1);
    case 'linear':
      return range.low + random.uniform() * (range.high - range.low);
    case 'log':
      return within(range, exp(log(range.low) + random.uniform() * (log(range.high) - log(range.low))));
  }
}

/** exp(log(x)) may be a last digit beyond x. */
export const within = (range: { readonly low: number; readonly high: number }, value: number): number =>
  Math.min(range.high, Math.max(range.low, value));
