/** The different values of a target column, how many rows hold each, and which mean that a customer left. */
import type { CategoryColumn } from '../table/column.ts';
import { byCodeUnit } from '../table/column.ts';
import { isScalar, trimmed } from './cells.ts';
import type { JsonScalar } from './contract.ts';

export interface Outcome {
  /** As the source writes it. */
  readonly level: string;
  readonly rows: number;
  readonly isChurned: boolean;
}

/** Outcomes with their rows, the most frequent first; rows without an outcome are not counted. O(rows). */
export function outcomesOf(column: CategoryColumn, churned: JsonScalar): Outcome[] {
  const rows = new Int32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) rows[code]!++;
  return column.levels
    .map((level, code) => ({ level, rows: rows[code]!, isChurned: isScalar(level, churned) }))
    .filter((outcome) => outcome.rows > 0)
    .sort((a, b) => b.rows - a.rows || byCodeUnit(a.level, b.level));
}

/** Outcomes that are the churned value but for case and blanks, and are not taken for it. */
export function misspelt(outcomes: readonly Outcome[]): Outcome[] {
  const known = new Set(outcomes.filter(({ isChurned }) => isChurned).map(({ level }) => folded(level)));
  return outcomes.filter(({ level, isChurned }) => !isChurned && known.has(folded(level)));
}

/** The same for every spelling of an outcome. */
export const folded = (level: string): string =>
  trimmed(level).normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

/** Says that nobody knows yet, in the words of files. */
export const isNoOutcome = (level: string): boolean =>
  noOutcomes.has(folded(level).replaceAll(/[._/-]/g, ''));

const noOutcomes = new Set([
  '',
  '?',
  '??',
  'na',
  'nan',
  'null',
  'nil',
  'none',
  'missing',
  'blank',
  'empty',
  'unknown',
  'notknown',
  'unk',
  'unbekannt',
  'inconnu',
  'desconocido',
  'maybe',
  'perhaps',
  'possibly',
  'unsure',
  'unclear',
  'undecided',
  'undetermined',
  'undefined',
  'unspecified',
  'pending',
  'open',
  'tbd',
  'tba',
  'notyet',
  'notavailable',
  'notapplicable',
]);
