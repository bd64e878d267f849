/** How the rows were parted, as manifest, summary, report and notes tell it. */
import { countOf } from '../../base/text.ts';
import { splitterOf } from '../../data/splits/all.ts';
import type { SplitSection } from '../../data/splits/section.ts';
import type { Note } from '../../learn/context.ts';
import type { Parts } from './prepare.ts';

export interface Parting {
  readonly by: string;
  /** After "rows were parted". */
  readonly words: string;
  readonly group: string | null;
  readonly time: string | null;
  readonly gap: string | null;
  readonly training: number;
  readonly validation: number;
  readonly holdout: number;
  /** Rows within the gap before a part: in none. */
  readonly leftOut: number;
}

export function partingOf({ by, group, time, gap }: SplitSection, parts: Parts): Parting {
  const rowsOf = (part: keyof Parts): number => parts[part].table.rowCount;
  const [training, validation, holdout] = [rowsOf('training'), rowsOf('validation'), rowsOf('holdout')];
  return {
    by,
    words: splitterOf(by).words,
    group: group ?? null,
    time: time ?? null,
    gap: gap ?? null,
    training,
    validation,
    holdout,
    leftOut: rowsOf('all') - training - validation - holdout,
  };
}

/** Rows left out are said, not only missing from a sum. */
export const partingNotes = ({ leftOut, gap }: Parting): Note[] =>
  leftOut === 0
    ? []
    : [
        {
          code: 'split.left-out',
          message: `${countOf(leftOut, 'row lies', 'rows lie')} less than ${gap ?? 'a moment'} before the next part and ${leftOut === 1 ? 'is' : 'are'} in none: split.gap`,
        },
      ];
