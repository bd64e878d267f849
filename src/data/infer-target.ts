/** Decides what of the target column means churn, or asks. */
import { DataError } from '../base/errors.ts';
import { countOf, didYouMean, listNames, printable } from '../base/text.ts';
import { isScalar, missingTokens, readBoolean, readNumber, unreadable } from './cells.ts';
import type { Contract, JsonScalar } from './contract.ts';
import { isChurnLevel, isNamedForStaying } from './names.ts';
import type { ColumnProfile } from './profile.ts';

export interface TargetGuess {
  readonly target: Contract['target'];
  readonly remarks: readonly string[];
}

/** Levels of a target are outcomes, no personal values: they may be named. */
const mostNamed = 10;
const yes = ['yes', 'true', '1', 'y', 't', 'ja', 'j', 'oui', 'si', 'sí'];
const no = ['no', 'false', '0', 'n', 'f', 'nein', 'non'];

/** `emptyRows`: some of the first rows without an outcome, from 0, to be named. */
export function inferTarget(
  profiles: readonly ColumnProfile[],
  name: string,
  churned: JsonScalar | undefined,
  emptyRows: readonly number[] = [],
): TargetGuess {
  const profile = findTarget(profiles, name);
  const who = printable(name);
  if (profile.blank + profile.tokens > 0 && profile.distinct > 0) {
    const empty = profile.blank + profile.tokens;
    throw new DataError(
      'data.target-empty',
      `${who}: the target is empty in ${empty} of ${profile.rows} rows${rowsText(emptyRows)}; remove the rows whose outcome is not known yet`,
      { column: name, rows: empty, ...(emptyRows.length > 0 && { first: emptyRows[0]! + 1 }) },
    );
  }
  const levels = (profile.levels ?? [])
    .map(({ level }) => level)
    .filter((level) => !missingTokens.includes(level));
  const outcomes = typedLevels(levels);
  if (profile.distinct < 2) {
    throw new DataError(
      'data.one-class',
      `${who}: the target holds ${countOf(profile.distinct, 'outcome')}, 2 required; add customers of the other outcome`,
      { column: name, levels: profile.distinct },
    );
  }
  const meaning = churned === undefined ? guess(name, outcomes) : given(churned, outcomes);
  if (!meaning) throw undecided(who, name, profile.distinct, outcomes, churned);
  const remarks = [meaning.remark];
  if (outcomes.length > 2) remarks.push(othersText(profile, meaning.value));
  return { target: { column: name, churned: meaning.value }, remarks: remarks.filter((text) => text !== '') };
}

/** `, first at row 488`: the rows that a person looks for. */
function rowsText(rows: readonly number[]): string {
  if (rows.length === 0) return '';
  const named = rows.map((row) => String(row + 1));
  return named.length === 1 ? `, at row ${named[0]}` : `, first at rows ${named.join(', ')}`;
}

function findTarget(profiles: readonly ColumnProfile[], name: string): ColumnProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  const known = profiles.map((profile) => profile.name);
  throw new DataError(
    'data.no-target',
    `${printable(name)}: the table has no such target column${didYouMean(name, known) || `; its columns are ${listNames(known.map(printable), mostNamed)}`}; name the column that says who left`,
    { column: name },
  );
}

/** Levels with their JSON type: numbers when all are numbers, booleans when all are true or false, else texts. */
export function typedLevels(levels: readonly string[]): JsonScalar[] {
  for (const read of [readNumber, readBoolean]) {
    const values = levels
      .map((level) => read(level))
      .filter((value) => value !== null && value !== unreadable);
    // 1 and 1.0 are one number.
    if (levels.length > 0 && values.length === levels.length) return [...new Set(values)];
  }
  return [...levels];
}

/** `3 other outcomes are all taken as stayed: "No" (400 rows), ...`, the most frequent first. */
function othersText({ levels }: ColumnProfile, churned: JsonScalar): string {
  const others = (levels ?? [])
    .filter(({ level }) => !isScalar(level, churned))
    .sort((a, b) => b.count - a.count)
    .map(({ level, count }) => `${printable(JSON.stringify(level))} (${countOf(count, 'row')})`);
  return `${others.length} other outcomes are all taken as stayed: ${listNames(others)}`;
}

interface Meaning {
  readonly value: JsonScalar;
  readonly remark: string;
}

function given(churned: JsonScalar, outcomes: readonly JsonScalar[]): Meaning | undefined {
  const exact = outcomes.find((outcome) => outcome === churned || isScalar(String(churned), outcome));
  if (exact !== undefined) return { value: exact, remark: '' };
  const folded = outcomes.filter(
    (outcome) => String(outcome).toLowerCase() === String(churned).trim().toLowerCase(),
  );
  return folded.length === 1 ? { value: folded[0]!, remark: '' } : undefined;
}

function guess(name: string, outcomes: readonly JsonScalar[]): Meaning | undefined {
  const telling = outcomes.filter((outcome) => isChurnLevel(String(outcome)));
  // Of several a person says which: closed and cancelled may both be meant.
  if (telling.length === 1) return guessed(telling[0]!, 'its name says so');
  if (outcomes.length !== 2) return undefined;
  const find = (words: readonly string[]) =>
    outcomes.find((outcome) => words.includes(String(outcome).toLowerCase()));
  const [positive, negative] = [find(yes), find(no)];
  if (positive === undefined || negative === undefined) return undefined;
  return isNamedForStaying(name)
    ? guessed(negative, `${printable(name)} sounds like staying`)
    : guessed(
        positive,
        isChurnLevel(name) ? `${printable(name)} sounds like leaving` : 'nothing says otherwise',
      );
}

const guessed = (value: JsonScalar, reason: string): Meaning => ({
  value,
  remark: `guessed that ${JSON.stringify(value)} means churned: ${reason}; if not, give --churned`,
});

function undecided(
  who: string,
  column: string,
  count: number,
  outcomes: readonly JsonScalar[],
  churned: JsonScalar | undefined,
): Error {
  const named = outcomes.length > 0 && outcomes.length <= mostNamed;
  const list = named ? `: ${outcomes.map((outcome) => printable(JSON.stringify(outcome))).join(', ')}` : '';
  const trouble =
    churned === undefined
      ? 'and none is known to mean churn; name it with --churned'
      : `and ${printable(JSON.stringify(churned))} is none of them; name one with --churned`;
  return new DataError(
    'data.target-levels',
    `${who}: the target holds ${count} different values${list}, ${trouble}`,
    {
      column,
      levels: count,
    },
  );
}
