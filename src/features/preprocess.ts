/**
 * From the project file's `preprocess` section and the columns of a contract to one step that any model can follow,
 * and back: what that step learned, per column, for the manifest.
 *
 * Numbers are imputed, clipped and scaled; booleans become 0 / 1 and are imputed; categories are imputed and one-hot
 * encoded. Columns made stand in this order of kinds, in contract order within each.
 */
import type { Plain } from '../base/plain.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { columnRouter } from '../learn/column-router.ts';
import type { Estimator, FittedTransformer } from '../learn/definition.ts';
import { traceSources } from '../learn/pipeline.ts';
import type { ColumnKind } from '../table/column.ts';
import { booleanToNumber } from './boolean-to-number.ts';
import { type ImputeState, impute } from './impute.ts';
import { type IqrClipState, iqrClip } from './iqr-clip.ts';
import { minMaxScale } from './min-max-scale.ts';
import type { AffineState } from './number-columns/affine.ts';
import { type OneHotState, oneHot } from './one-hot.ts';
import { robustScale } from './robust-scale.ts';
import type { PreprocessSection } from './section.ts';
import { standardScale } from './standard-scale.ts';

export interface NamedKind {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A column that preprocessing has no way to use, and why. */
export interface LeftOut {
  readonly column: string;
  readonly kind: ColumnKind;
  readonly reason: string;
}

/**
 * The steps for these columns as a column router, not fitted yet; no usable column gives a router without routes.
 * Fit it on a table without the columns left out: what is fitted asks for every column it was fitted on.
 */
export function preprocessing(
  section: PreprocessSection,
  columns: readonly NamedKind[],
): { estimator: Estimator; leftOut: readonly LeftOut[] } {
  const { numeric, categorical } = section;
  const named = (kind: ColumnKind): string[] =>
    columns.filter((column) => column.kind === kind).map((column) => column.name);
  const routes = [
    {
      columns: named('number'),
      steps: [
        imputeNumbers(numeric.impute, 'median'),
        ...clipping(numeric.outliers),
        ...scaling(numeric.scale),
      ],
    },
    {
      columns: named('boolean'),
      // The median of as many yes as no would be one half, which is neither.
      steps: [booleanToNumber(), imputeNumbers(numeric.impute, 'most-frequent')],
    },
    {
      columns: named('category'),
      steps: [
        impute({ category: categorical.impute }),
        oneHot({
          unknown: categorical.unknown,
          minShare: categorical.rareBelow,
          maxLevels: categorical.maxLevels,
        }),
      ],
    },
  ];
  const leftOut = columns.flatMap(({ name, kind }): LeftOut[] =>
    kind === 'time' || kind === 'text' ? [{ column: name, kind, reason: leftOutReasons[kind] }] : [],
  );
  return {
    estimator: columnRouter({ routes: routes.filter((route) => route.columns.length > 0) }),
    leftOut,
  };
}

const leftOutReasons = {
  time: 'a date is no number yet; make one of it in features, such as days before the reference date',
  text: 'free text is no number yet; make one of it in features',
} as const;

function imputeNumbers(
  method: PreprocessSection['numeric']['impute'],
  middle: 'median' | 'most-frequent',
): Estimator {
  if (typeof method === 'object') return impute({ number: 'constant', constant: method.constant });
  if (method === 'zero') return impute({ number: 'constant', constant: 0 });
  return impute({ number: method === 'median' ? middle : method });
}

const clipping = (outliers: PreprocessSection['numeric']['outliers']): Estimator[] =>
  outliers === 'none' ? [] : [iqrClip({ factor: outliers.factor })];

function scaling(scale: PreprocessSection['numeric']['scale']): Estimator[] {
  if (scale === 'none') return [];
  return [{ standard: standardScale, 'min-max': minMaxScale, robust: robustScale }[scale]()];
}

/** What preprocessing learned about one source column; null where a step does not apply. JSON holds it as it is. */
export type LearnedStatistic = {
  readonly column: string;
  readonly kind: ColumnKind;
  /** What stands in for a missing value; booleans as 0 and 1 (a mean lies between). */
  readonly imputed: number | string | boolean | null;
  /** Outlier bounds in the column's unit; a bound of null is none. */
  readonly bounds: { readonly lower: number | null; readonly upper: number | null } | null;
  /** `(x - center) / scale`. */
  readonly scaling: { readonly by: string; readonly center: number; readonly scale: number } | null;
  /** Levels with a column of their own (the one that `drop` leaves out included), by name. */
  readonly levels: readonly string[] | null;
  /** How many levels share the column for rare ones. */
  readonly rareLevels: number | null;
};

/** Reads a fitted column router (or a single fitted step): one entry per input column, in input order. */
export function learnedStatistics(fitted: FittedTransformer, catalogue: Catalogue): LearnedStatistic[] {
  const found = new Map<string, LearnedStatistic>(
    fitted.inputs.map(({ name, kind }) => [
      name,
      { column: name, kind, imputed: null, bounds: null, scaling: null, levels: null, rareLevels: null },
    ]),
  );
  const routed = routesOf(fitted);
  for (const steps of routed) {
    steps.forEach((step, at) => {
      const names = step.inputs.map((input) => input.name);
      const sources = traceSources(steps.slice(0, at), names, catalogue);
      for (const [name, learned] of learnedBy(step)) {
        // A column mixed from several has no statistic that belongs to one of them.
        const [source, ...others] = sources.get(name) ?? [name];
        const known = source === undefined || others.length > 0 ? undefined : found.get(source);
        if (known) found.set(known.column, { ...known, ...learned });
      }
    });
  }
  const used = new Set(routed.flatMap((steps) => steps[0]?.inputs.map((input) => input.name) ?? []));
  return [...found.values()].filter(({ column }) => used.has(column));
}

function routesOf(fitted: FittedTransformer): readonly (readonly FittedTransformer[])[] {
  if (fitted.id !== columnRouter.id) return [[fitted]];
  const state = fitted.state as unknown as {
    readonly routes: readonly { readonly steps: readonly FittedTransformer[] }[];
  };
  return state.routes.map((route) => route.steps);
}

/** What one step learned about each of its input columns. */
function learnedBy(step: FittedTransformer): [string, Partial<LearnedStatistic>][] {
  const state: Plain = step.state;
  switch (step.id) {
    case impute.id:
      return (state as ImputeState).fills.map(({ name, value }) => [name, { imputed: value }]);
    case iqrClip.id:
      return (state as IqrClipState).columns.map(({ name, lower, upper }) => [
        name,
        { bounds: { lower, upper } },
      ]);
    case standardScale.id:
    case minMaxScale.id:
    case robustScale.id:
      return (state as AffineState).columns.map(({ name, center, scale }) => [
        name,
        { scaling: { by: step.id, center, scale } },
      ]);
    case oneHot.id:
      return (state as OneHotState).columns.map(({ name, levels, rare }) => [
        name,
        { levels, rareLevels: rare.length },
      ]);
    default:
      return [];
  }
}
