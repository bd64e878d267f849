/**
 * From the project file's `preprocess` section and the columns of a contract to one step that any model can follow,
 * and back: what that step learned, per column, for the manifest.
 *
 * Numbers are imputed, clipped and scaled; booleans become 0 / 1 and are imputed; categories are imputed and encoded.
 * Columns made stand in this order of kinds, those of equal settings together, else in contract order. What is to be
 * left out or reduced is decided after them, over all.
 */
import { canonicalJson, type Plain } from '../base/plain.ts';
import type { ColumnMethods } from '../data/column-methods.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { columnRouter } from '../learn/column-router.ts';
import type { Estimator, FittedTransformer, Preparation } from '../learn/definition.ts';
import { traceSources } from '../learn/pipeline.ts';
import type { ColumnKind } from '../table/column.ts';
import { booleanToNumber } from './boolean-to-number.ts';
import { dropConstant } from './drop-constant.ts';
import { dropCorrelated } from './drop-correlated.ts';
import { type ImputeState, impute } from './impute.ts';
import { type IqrClipState, iqrClip } from './iqr-clip.ts';
import { minMaxScale } from './min-max-scale.ts';
import type { AffineState } from './number-columns/affine.ts';
import { type OneHotState, oneHot } from './one-hot.ts';
import { ordinalEncode } from './ordinal-encode.ts';
import { pca } from './pca.ts';
import { robustScale } from './robust-scale.ts';
import type { PreprocessSection } from './section.ts';
import { standardScale } from './standard-scale.ts';
import { targetEncode } from './target-encode.ts';
import { topK } from './top-k.ts';

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

/** What a contract says of a column that decides how it is prepared. */
export interface ColumnRule extends ColumnMethods {
  readonly levels?: readonly (string | number | boolean)[] | undefined;
}

/**
 * The steps for these columns as a column router, not fitted yet; no usable column gives a router without routes.
 * A rule of a column goes before the section; columns of equal settings share a route, and routes stand by kind, then
 * in the order of their first columns. Fit it on a table without the columns left out: what is fitted asks for
 * every column it was fitted on. `used`: columns that something was made of, so that leaving them out is no loss.
 * `native` preparation leaves columns as they are but for what a rule asks of a single one.
 */
export function preprocessing(
  section: PreprocessSection,
  columns: readonly NamedKind[],
  rules: Readonly<Record<string, ColumnRule>> = {},
  used: ReadonlySet<string> = new Set(),
  preparation: Preparation = 'full',
): { estimator: Estimator; leftOut: readonly LeftOut[] } {
  const routes = (['number', 'boolean', 'category'] as const).flatMap((kind) => {
    const groups = new Map<string, Route>();
    for (const { name } of columns.filter((column) => column.kind === kind)) {
      const rule = Object.hasOwn(rules, name) ? rules[name]! : {};
      const steps = (preparation === 'full' ? stepsFor : nativeSteps)[kind](section, rule, name);
      const key = canonicalJson(steps);
      const group = groups.get(key) ?? { columns: [], steps };
      group.columns.push(name);
      groups.set(key, group);
    }
    return [...groups.values()];
  });
  const leftOut = columns.flatMap(({ name, kind }): LeftOut[] =>
    (kind === 'time' || kind === 'text') && !used.has(name)
      ? [{ column: name, kind, reason: leftOutReasons[kind] }]
      : [],
  );
  return { estimator: columnRouter({ routes }), leftOut };
}

/** What follows the router: columns left out, columns reduced, in the order of the section. */
export function selection({ select, reduce }: PreprocessSection): Estimator[] {
  const steps: Estimator[] = [];
  if (select?.constant) steps.push(dropConstant());
  if (select?.correlationAbove !== undefined)
    steps.push(dropCorrelated({ threshold: select.correlationAbove }));
  if (select?.top !== undefined) {
    const params = select.by === 'random-forest' ? { trees: 50 } : {};
    steps.push(topK({ k: select.top, model: { id: select.by, params } }));
  }
  if (reduce) steps.push(pca({ components: reduce.pca.components ?? null, variance: reduce.pca.variance }));
  return steps;
}

interface Route {
  readonly columns: string[];
  readonly steps: Estimator[];
}

type StepsOf = (section: PreprocessSection, rule: ColumnRule, column: string) => Estimator[];

const stepsFor: Readonly<Record<'number' | 'boolean' | 'category', StepsOf>> = {
  number: ({ numeric }, rule) => [
    imputeNumbers((rule.impute as NumberImpute | undefined) ?? numeric.impute, 'median'),
    ...clipping(rule.outliers ?? numeric.outliers),
    ...scaling(rule.scale ?? numeric.scale),
  ],
  boolean: ({ numeric }, rule) => [
    booleanToNumber(),
    // The median of as many yes as no would be one half, which is neither.
    imputeNumbers((rule.impute as NumberImpute | undefined) ?? numeric.impute, 'most-frequent'),
  ],
  category: ({ categorical }, rule, column) => [
    imputeLevels((rule.impute as CategoryImpute | undefined) ?? categorical.impute),
    ...encoding(rule.encode ?? categorical.encode, categorical, rule, column),
  ],
};

/** Scaling is left out: no model that takes columns as they are minds their units. */
const nativeSteps: typeof stepsFor = {
  number: (_, rule) => [
    ...(rule.impute === undefined ? [] : [imputeNumbers(rule.impute as NumberImpute, 'median')]),
    ...clipping(rule.outliers ?? 'none'),
  ],
  boolean: (_, rule) =>
    rule.impute === undefined
      ? []
      : [booleanToNumber(), imputeNumbers(rule.impute as NumberImpute, 'most-frequent')],
  category: ({ categorical }, rule, column) => [
    ...(rule.impute === undefined ? [] : [imputeLevels(rule.impute as CategoryImpute)]),
    ...(rule.encode === undefined
      ? []
      : encoding(rule.encode, categorical, { ...rule, scale: 'none' }, column)),
  ],
};

const leftOutReasons = {
  time: 'a date is no number yet; make one of it in features, such as days before the reference date',
  text: 'free text is no number yet; make one of it in features',
} as const;

type NumberImpute = PreprocessSection['numeric']['impute'];
type CategoryImpute = PreprocessSection['categorical']['impute'];

function imputeNumbers(method: NumberImpute, middle: 'median' | 'most-frequent'): Estimator {
  if (typeof method === 'object') return impute({ number: 'constant', constant: method.constant });
  if (method === 'zero') return impute({ number: 'constant', constant: 0 });
  return impute({ number: method === 'median' ? middle : method });
}

const imputeLevels = (method: CategoryImpute): Estimator =>
  typeof method === 'object'
    ? impute({ category: 'missing', level: method.constant })
    : impute({ category: method });

function clipping(outliers: PreprocessSection['numeric']['outliers']): Estimator[] {
  if (outliers === 'none') return [];
  const { factor, whenDegenerate = 'keep' } = outliers;
  return [iqrClip({ factor, whenDegenerate })];
}

function scaling(scale: PreprocessSection['numeric']['scale']): Estimator[] {
  if (scale === 'none') return [];
  return [{ standard: standardScale, 'min-max': minMaxScale, robust: robustScale }[scale]()];
}

/** Levels that become one number each are scaled only where the column's own rule asks for it. */
function encoding(
  method: PreprocessSection['categorical']['encode'],
  { unknown, rareBelow, maxLevels }: PreprocessSection['categorical'],
  { levels, scale = 'none' }: ColumnRule,
  column: string,
): Estimator[] {
  switch (method) {
    case 'one-hot':
      return [oneHot({ unknown, minShare: rareBelow, maxLevels }), ...scaling(scale)];
    case 'ordinal':
      return [ordinalEncode(levels ? { levels: { [column]: levels.map(String) } } : {}), ...scaling(scale)];
    case 'ordinal-by-frequency':
      return [ordinalEncode({ order: 'frequency' }), ...scaling(scale)];
    case 'target':
      return [targetEncode(), ...scaling(scale)];
  }
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
  /** Levels with a column, a number or a rate of their own (the one that `drop` leaves out included). */
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
  for (const { steps } of routed) {
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
  const used = new Set(routed.flatMap(({ columns }) => columns));
  return [...found.values()].filter(({ column }) => used.has(column));
}

interface FittedRoute {
  readonly columns: readonly string[];
  readonly steps: readonly FittedTransformer[];
}

function routesOf(fitted: FittedTransformer): readonly FittedRoute[] {
  if (fitted.id !== columnRouter.id)
    return [{ columns: fitted.inputs.map((input) => input.name), steps: [fitted] }];
  return (fitted.state as unknown as { readonly routes: readonly FittedRoute[] }).routes;
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
    case ordinalEncode.id:
    case targetEncode.id:
      return (
        state as {
          readonly columns: readonly { readonly name: string; readonly levels: readonly string[] }[];
        }
      ).columns.map(({ name, levels }) => [name, { levels }]);
    default:
      return [];
  }
}
