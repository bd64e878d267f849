/** What a person reads after a file was scored. */
import { countOf } from '../../base/text.ts';
import type { ScoreSummary } from '../../tasks/score.ts';
import { shownPath } from '../format.ts';

export function scoreText({
  model,
  output,
  rows,
  scored,
  rejected,
  rejectedFile,
  called,
  remarks,
  logged,
  requestId,
}: ScoreSummary & { readonly requestId: string | null }): string {
  return [
    `${shownPath(output)}: ${scored} of ${countOf(rows, 'customer')} scored with ${model.name} ${model.label}, ${called} called churn`,
    ...(rejectedFile === null
      ? []
      : [
          `${shownPath(rejectedFile)}: ${countOf(rejected, 'row')} rejected, with the reason of each; row counts from 1 below the header`,
        ]),
    ...(logged === null
      ? []
      : [`prediction log: ${countOf(logged, 'row')} written as request ${requestId}, source batch`]),
    ...remarks.map((remark) => `  ${remark}`),
  ].join('\n');
}
