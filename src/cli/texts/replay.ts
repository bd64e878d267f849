/** What a person reads of scores that were given again. */
import { countOf } from '../../base/text.ts';
import type { Replayed } from '../../serving/replay-logged.ts';
import { shownTime } from './models.ts';

/** Rows that are told one by one. */
const mostShown = 20;

export function replayText(rows: readonly Replayed[]): string {
  const different = rows.filter(({ outcome }) => outcome === 'different');
  const impossible = rows.filter(({ outcome }) => outcome === 'impossible');
  const equal = rows.length - different.length - impossible.length;
  const lines = [`${equal} of ${countOf(rows.length, 'logged score')} came again to the last bit.`];
  if (different.length > 0)
    lines.push(`${countOf(different.length, 'score')} DIFFERENT:`, ...told(different));
  if (impossible.length > 0) lines.push(`${countOf(impossible.length, 'score')} can't be replayed:`);
  const reasons = new Map<string, number>();
  for (const { reason } of impossible) reasons.set(reason!, (reasons.get(reason!) ?? 0) + 1);
  for (const [reason, count] of reasons) lines.push(`  ${count}: ${reason}`);
  const [only] = rows;
  if (rows.length === 1 && only)
    lines.push(
      `  ${only.model.label}, slot ${only.slot}, ${shownTime(only.at)}, logged ${only.logged ?? 'nothing'}`,
    );
  return lines.join('\n');
}

const told = (rows: readonly Replayed[]): string[] => [
  ...rows
    .slice(0, mostShown)
    .map(
      ({ requestId, index, model, logged, again }) =>
        `  ${requestId}#${index} by ${model.label}: logged ${logged}, now ${again}`,
    ),
  ...(rows.length > mostShown ? [`  and ${rows.length - mostShown} more; --json tells all`] : []),
];
