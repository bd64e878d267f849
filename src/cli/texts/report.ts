/** What a person reads after a report was written. */
import { countOf } from '../../base/text.ts';
import { shownPath } from '../format.ts';

export const reportText = (
  model: { readonly name: string; readonly label: string },
  folder: string,
  names: readonly string[],
  remarks: readonly string[],
): string =>
  [
    `${shownPath(folder)}: ${countOf(names.length, 'file')} about ${model.name} ${model.label}`,
    ...names.map((name) => `  ${name}`),
    ...remarks,
  ].join('\n');

export const reportFileText = (
  model: { readonly name: string; readonly label: string },
  path: string,
): string => `${shownPath(path)}: the report of ${model.name} ${model.label}`;
