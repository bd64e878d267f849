/** What a person should know of how a search ended. */
import { shareText } from '../../base/text.ts';
import type { Note } from '../../learn/context.ts';
import type { SearchResult } from '../../selection/run-search.ts';
import { addNote } from '../context.ts';
import type { Chosen } from './choose-winner.ts';

export function noteEnd(
  { trials, isCut, most }: SearchResult,
  { share, isTrimmed }: Pick<Chosen, 'share' | 'isTrimmed'>,
  budget: string | undefined,
  notes: Note[],
): void {
  if (share < 1)
    addNote(notes, {
      code: 'search.on-share',
      message: `candidates were compared, and the chosen one once more, on ${shareText(share)} of the rows of each fold, as far as the budget of ${budget} reached; the model has learned from all`,
    });
  if (isTrimmed && !isCut)
    addNote(notes, {
      code: 'search.cut',
      message: `the budget of ${budget} left no time for a larger ensemble: it was chosen among what could still be fitted`,
    });
  if (!isCut) return;
  const whole = trials.filter(({ outcome }) => outcome === 'whole').length;
  const early = trials.filter(({ outcome }) => outcome === 'behind' || outcome === 'median').length;
  const besides = early > 0 ? `, and ${early} that ended early` : '';
  addNote(notes, {
    code: 'search.cut',
    message: `the search stopped at its budget of ${budget} after ${whole} of ${most} candidates${besides}`,
  });
}
