/**
 * Which repairs of its project a model's rows go through, by what the rows are for. Models from before `clean` have none.
 *
 * The columns learned from were repaired, so a value that training called missing must be missing at work too: repairs
 * of single values run on every row. Those that leave rows out run where rows are judged; those that know other rows or
 * places in the training file run on that file alone.
 */
import { listNames } from '../base/text.ts';
import { type CleanSection, cleanSection } from '../data/clean/section.ts';
import { isOfOneFile, valueRepairs } from '../data/clean-table.ts';
import type { Manifest } from './manifest.ts';

type Source = Pick<Manifest, 'project' | 'contract'>;

const trainingRepairs = ({ project }: Source): CleanSection =>
  cleanSection.parse((project as { clean?: unknown }).clean);

/** For rows to score or explain. */
export const scoringRepairs = (manifest: Source): CleanSection =>
  valueRepairs(trainingRepairs(manifest), manifest.contract);

/** For rows to judge by: all of them on the model's own source, whose hold-out is the same only after the same repairs. */
export function judgingRepairs(
  manifest: Source,
  isOwnSource: boolean,
): { readonly clean: CleanSection; readonly remarks: readonly string[] } {
  const all = trainingRepairs(manifest);
  const left = isOwnSource ? [] : all.filter(isOfOneFile);
  if (left.length === 0) return { clean: all, remarks: [] };
  const names = listNames([...new Set(left.map(({ repair }) => repair))]);
  return {
    clean: all.filter((entry) => !left.includes(entry)),
    remarks: [
      `clean: ${names} not applied: made for the file that the model was trained on, and scoring does not apply ${left.length === 1 ? 'it' : 'them'} either.`,
    ],
  };
}
