/** What a person should know of how a search ended. */
import { countOf, listNames, shareText } from '../../base/text.ts';
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
  const diverged = trials.filter(({ outcome }) => outcome === 'diverged');
  if (diverged.length > 0)
    addNote(notes, {
      code: 'search.diverged',
      message: `${countOf(diverged.length, 'candidate')} grew beyond all bounds and could not be chosen (${listNames([...new Set(diverged.map(({ candidate }) => candidate.id))])}); bring the columns to one scale or lower learningRate`,
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
