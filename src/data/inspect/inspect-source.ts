/**
 * Reads an opened table for its inspection: every column, also those that the contract leaves out, and dates that are
 * not in ISO form by the format that their values show. What the target means is asked of the contract.
 */
import { type Column, type TextColumn, timeColumn } from '../../table/column.ts';
import { findColumn } from '../../table/table.ts';
import { isScalar, missingTokens, readTime, unreadable } from '../cells.ts';
import { type Contract, ruleOf } from '../contract.ts';
import { type Outcome, outcomesOf } from '../outcomes.ts';
import type { ColumnProfile } from '../profile.ts';
import type { ReadColumn, Source, UnreadableCell } from '../source.ts';
import type { Inspection, OddRow } from './definition.ts';
import { type DateGuess, guessDateFormat } from './guess-date-format.ts';
import { prepareInspection } from './prepare.ts';

export interface SourceInspection {
  readonly inspection: Inspection;
  /** By column: how the file writes its dates. */
  readonly dateFormats: ReadonlyMap<string, DateGuess>;
}

/** A column of text is read as dates when so many of its values look like one. */
const dateLikeShare = 0.9;
const conflictMark = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

export async function inspectSource(
  source: Source,
  profiles: readonly ColumnProfile[],
  contract: Contract,
  now: number | null,
): Promise<SourceInspection> {
  const target = contract.target.column;
  const byDate = new Set(profiles.filter(looksLikeDates).map(({ name }) => name));
  const wanted = source.columns.map(({ name }): ReadColumn => {
    if (name === target) return { name, kind: 'category' };
    const rule = ruleOf(contract.columns, name);
    if (name === contract.id || rule === undefined || (byDate.has(name) && rule.kind !== 'time'))
      return { name, kind: 'text' };
    return {
      name,
      kind: rule.kind,
      ...(rule.levels && { levels: rule.levels }),
      ...(rule.dateFormat !== undefined && { dateFormat: rule.dateFormat }),
    };
  });
  const read = await source.read(wanted);
  const { labels, oddRows, outcomes } = readOutcomes(findColumn(read.table, target)!, contract);
  const dateFormats = new Map<string, DateGuess>();
  const faults: UnreadableCell[] = [...read.unreadable];
  const columns = read.table.columns.map((column): Column => {
    if (column.kind !== 'text' || !byDate.has(column.name) || column.name === contract.id) return column;
    const guess = guessDateFormat(column.values.filter((value) => value !== null));
    if (!guess) return column;
    dateFormats.set(column.name, guess);
    return datesOf(column, guess.format, faults);
  });
  const ids = contract.id === undefined ? undefined : columns.find(({ name }) => name === contract.id);
  const inspection = prepareInspection({
    columns: columns.filter(({ name }) => name !== target && name !== contract.id),
    labels,
    target,
    outcomes,
    useOf: (name) => ruleOf(contract.columns, name)?.use ?? 'none',
    id: ids?.kind === 'text' ? { name: ids.name, values: ids.values } : null,
    now,
    unreadable: faults,
    oddRows: [...oddRows, ...columns.flatMap(oddTexts)],
    rowsAre: source.format === 'csv' ? 'lines' : 'rows',
  });
  return { inspection, dateFormats };
}

const looksLikeDates = ({ rows, blank, tokens, dateLike, stored }: ColumnProfile): boolean =>
  stored === 'text' && dateLike > 0 && dateLike >= dateLikeShare * (rows - blank - tokens);

function datesOf({ name, values }: TextColumn, format: string, faults: UnreadableCell[]): Column {
  const known = new Map<string, number>();
  const times = values.map((text, row) => {
    if (text === null) return null;
    let time = known.get(text);
    if (time === undefined) {
      const value = readTime(text, format);
      time = value === unreadable ? Number.POSITIVE_INFINITY : (value ?? Number.NaN);
      known.set(text, time);
    }
    if (time !== Number.POSITIVE_INFINITY) return time;
    faults.push({ column: name, row });
    return null;
  });
  return timeColumn(name, times);
}

function readOutcomes(
  column: Column,
  { target }: Contract,
): { labels: Uint8Array; oddRows: OddRow[]; outcomes: readonly Outcome[] } {
  if (column.kind !== 'category') throw new TypeError('a target is read as a category');
  const churned = column.levels.map((level) => isScalar(level, target.churned));
  const labels = Uint8Array.from(column.codes, (code) => (code >= 0 && churned[code] ? 1 : 0));
  const rowsOf = new Map<number, number[]>();
  if (column.levels.length > 2) {
    column.codes.forEach((code, row) => {
      const rows = rowsOf.get(code) ?? [];
      if (rows.length < 2) rowsOf.set(code, [...rows, row]);
    });
  }
  const single = [...rowsOf.values()].filter((rows) => rows.length === 1).flat();
  return {
    labels,
    oddRows: single.map((row) => ({ row, what: 'target' })),
    outcomes: outcomesOf(column, target.churned),
  };
}

/** Rows in which a text is the name of its own column, or a mark that a merge of two versions leaves. */
function oddTexts(column: Column): OddRow[] {
  const whatOf = (text: string | null): OddRow['what'] | undefined => {
    if (text === null) return undefined;
    return text === column.name ? 'header' : conflictMark.test(text) ? 'conflict' : undefined;
  };
  const found: OddRow[] = [];
  if (column.kind === 'text') {
    column.values.forEach((text, row) => {
      const what = whatOf(text);
      if (what) found.push({ row, what });
    });
  } else if (column.kind === 'category') {
    const odd = column.levels.map(whatOf);
    if (odd.every((what) => what === undefined)) return [];
    column.codes.forEach((code, row) => {
      const what = code < 0 ? undefined : odd[code];
      if (what) found.push({ row, what });
    });
  }
  return found;
}

/**
 * The profile of a target without levels that stand in a single row, when two others remain: a header in the middle
 * of the file, or the mark of a merge, is no third outcome but a row to report.
 */
export function withoutOddOutcomes(profiles: readonly ColumnProfile[], target: string): ColumnProfile[] {
  return profiles.map((profile) => {
    const { name, levels, rows, tokens } = profile;
    if (name !== target || levels === null || rows < 50) return profile;
    const kept = levels.filter(({ level, count }) => count > 1 || missingTokens.includes(level));
    if (levels.length < 3 || kept.length !== 2 || tokens > 0) return profile;
    return { ...profile, levels: kept, distinct: kept.length };
  });
}
