/**
 * From the project file's `features` section to steps, one an entry: checked against the columns there are, before
 * a row is read. A column that an entry makes is there for the entries after it.
 */
import { ParamError } from '../../base/errors.ts';
import { didYouMean, listNames, printable } from '../../base/text.ts';
import { type ColumnMethods, unfitMethod } from '../../data/column-methods.ts';
import type { Estimator } from '../../learn/definition.ts';
import type { NamedKind } from '../preprocess.ts';
import { allMakers, type FeaturesSection } from './section.ts';

export interface FeatureSteps {
  readonly steps: readonly Estimator[];
  /** The columns handed in and then those made, in order. */
  readonly columns: readonly NamedKind[];
  /** Names of the columns that something is made of. */
  readonly used: ReadonlySet<string>;
  /** How made columns are to be prepared, where the section says so. */
  readonly methods: Readonly<Record<string, ColumnMethods>>;
}

export function featureSteps(section: FeaturesSection, columns: readonly NamedKind[]): FeatureSteps {
  const known = [...columns];
  const steps: Estimator[] = [];
  const used = new Set<string>();
  const methods: Record<string, ColumnMethods> = {};
  // One "now" for all: two features counted from two days could not be compared.
  const among = section.flatMap((entry) => (entry.make === 'days-since' ? [entry.of] : []));
  section.forEach((entry, index) => {
    const { make, as, impute, outliers, scale, ...rest } = entry;
    const { encode, ...chosen } = { encode: undefined, ...rest };
    const maker = allMakers.find(({ id }) => id === make)!;
    const estimator = maker({ ...chosen, as, ...(make === 'days-since' ? { among } : {}) } as never);
    const { sources, made } = maker.plan(estimator.params as never);
    for (const name of sources) {
      refuseUnfit(known, name, maker.sourceKinds, `features.${index}`, make);
      used.add(name);
    }
    if (known.some(({ name }) => name === made.name)) {
      throw new ParamError(
        'project.value',
        `features.${index}.as: there is a column ${printable(made.name)} already; choose another name`,
        { param: `features.${index}.as`, column: made.name },
      );
    }
    const unfit = unfitMethod(made.kind, { impute, outliers, scale, encode });
    if (unfit) {
      throw new ParamError('project.value', `features.${index}.${unfit.key} must be ${unfit.expected}`, {
        param: `features.${index}.${unfit.key}`,
      });
    }
    methods[made.name] = { impute, outliers, scale, encode };
    known.push(made);
    steps.push(estimator);
  });
  return { steps, columns: known, used, methods };
}

function refuseUnfit(
  known: readonly NamedKind[],
  name: string,
  kinds: readonly string[],
  param: string,
  make: string,
): void {
  const column = known.find((each) => each.name === name);
  if (!column) {
    const names = known.map((each) => each.name);
    throw new ParamError(
      'project.value',
      `${param}.of: no feature column is called ${printable(name)}${didYouMean(name, names)}; ${make} takes columns with use: feature and those made before it`,
      { param: `${param}.of`, column: name },
    );
  }
  if (!kinds.includes(column.kind)) {
    throw new ParamError(
      'project.value',
      `${param}.of: ${make} takes a column of kind ${listNames(kinds)}, ${printable(name)} is of kind ${column.kind}; name another or change its kind`,
      { param: `${param}.of`, column: name },
    );
  }
}
