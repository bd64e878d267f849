/**
 * Ways to prepare columns beside the one that the project file names, for a search over them.
 *
 * What is varied is what may go either way: levels as 0 / 1 columns or as churn rates, extreme numbers on a bound or as they
 * are. A rule of a single column is a person's word and stays. Imputing and scaling are not varied: the models that
 * see them are nearly indifferent.
 */
import type { Plain } from '../../base/plain.ts';
import type { Preparation } from '../../learn/definition.ts';
import type { ColumnRule, NamedKind } from '../preprocess.ts';
import { type PreprocessSection, preprocessSection } from '../section.ts';

/**
 * What differs from the section, as the keys of `numeric` and `categorical` that it replaces; none for a model that takes
 * columns as they are.
 */
export function otherPreparations(
  { numeric, categorical }: PreprocessSection,
  columns: readonly NamedKind[],
  rules: Readonly<Record<string, ColumnRule>>,
  preparation: Preparation,
): Plain[] {
  if (preparation === 'native') return [];
  const isOpen = (kind: NamedKind['kind'], key: keyof ColumnRule): boolean =>
    columns.some(
      (column) =>
        column.kind === kind &&
        !(Object.hasOwn(rules, column.name) && rules[column.name]![key] !== undefined),
    );
  const encoded = isOpen('category', 'encode')
    ? { categorical: { encode: categorical.encode === 'target' ? 'one-hot' : 'target' } }
    : undefined;
  const clipped = isOpen('number', 'outliers')
    ? { numeric: { outliers: numeric.outliers === 'none' ? { rule: 'iqr', factor: 1.5 } : 'none' } }
    : undefined;
  return [encoded, clipped, encoded && clipped && { ...encoded, ...clipped }].filter(
    (one) => one !== undefined,
  );
}

/** The section with what differs put in its place. */
export function withPreparation(
  section: PreprocessSection,
  preparation: Plain | undefined,
): PreprocessSection {
  if (preparation === undefined) return section;
  const { numeric, categorical } = preparation as Partial<Record<'numeric' | 'categorical', object>>;
  return preprocessSection.parse({
    ...section,
    numeric: { ...section.numeric, ...numeric },
    categorical: { ...section.categorical, ...categorical },
  });
}
