/** What a person reads after outcomes were written down. */
import { countOf } from '../../base/text.ts';
import type { FileOutcomes } from '../../serving/outcomes/record-file.ts';
import { shownPath } from '../format.ts';

export const outcomesText = ({ file, accepted, matched, waiting, unchanged }: FileOutcomes): string =>
  [
    `${shownPath(file)}: ${countOf(accepted, 'outcome')} taken`,
    `  ${matched} are the truth about a prediction in the log, ${waiting} about none yet`,
    ...(unchanged > 0 ? [`  ${unchanged} were known already and not written again`] : []),
  ].join('\n');
