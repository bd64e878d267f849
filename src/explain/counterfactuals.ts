/**
 * "What would have to be different for this customer not to be called churn?", over columns that the company can change.
 *
 * Looks for the smallest change that takes the score below a target: the fewest columns first, then the shortest distance. The
 * distance of a number is the share of typical customers between old and new value (0 to 1); another level counts 1, a
 * value where none was 1 and the share between it and the middle. Values come from `levers` only: inside the contract's bounds, levels that training saw.
 *
 * Every single change is tried, then beam search adds a column at a time to the most promising ones: deterministic, exact
 * for one column, may miss an answer of several. Answers differ in their columns, and no part of an answer is enough.
 * The model has seen who stayed, not what made them stay: an answer is associated with staying, it does not cause it.
 * Cost: at most (1 + beam x (columns - 1)) x values of all levers scorings.
 * Source: Wachter, Mittelstadt & Russell 2018; sparsity and diversity as in Mothilal, Sharma & Tan 2020 (DiCE).
 */
import { countOf } from '../base/text.ts';
import type { ColumnContract } from '../data/contract.ts';
import { type Column, columnLength, isMissing, takeFromColumn, valueAt } from '../table/column.ts';
import { requireColumn, selectColumns, type Table, takeRows } from '../table/table.ts';
import { placeAmong, sortedNumbers } from './place-among.ts';
import { isSameValue, type ScoreTable, stackColumns, takeEach } from './score-table.ts';

/** A column that may change, and the values that it may take. */
export interface Lever {
  readonly column: string;
  readonly values: Column;
}

export interface Change {
  readonly column: string;
  readonly from: string | number | boolean | null;
  readonly to: string | number | boolean | null;
}

export interface Counterfactual {
  readonly changes: readonly Change[];
  /** P(churn) after the changes; below the target. */
  readonly score: number;
  readonly distance: number;
}

export interface Counterfactuals {
  readonly score: number;
  /** The score to get below. */
  readonly target: number;
  /** Smallest change first. */
  readonly answers: readonly Counterfactual[];
  /** Why there is no answer. */
  readonly reason: string | null;
  readonly caution: 'associated, not caused';
}

export interface CounterfactualOptions {
  readonly target: number;
  readonly mostAnswers?: number;
  readonly mostColumns?: number;
  /** Combinations that are followed further. */
  readonly beam?: number;
}

/** For one row of the table. `columns`: the inputs of the model. */
export function counterfactuals(
  score: ScoreTable,
  table: Table,
  row: number,
  columns: readonly string[],
  typical: Table,
  levers: readonly Lever[],
  { target, mostAnswers = 3, mostColumns = 3, beam = 64 }: CounterfactualOptions,
): Counterfactuals {
  const customer = selectColumns(takeRows(table, [row]), columns, 'counterfactuals');
  const [current] = score(customer);
  const none = (reason: string): Counterfactuals => ({
    score: current!,
    target,
    answers: [],
    reason,
    caution,
  });
  if (current! < target) return none('the score is below the target already');
  if (levers.length === 0)
    return none('no column that the model uses is marked actionable: true in the contract');
  const space = openSpace(score, customer, typical, levers);
  if (space.steps.every((some) => some.length === 0))
    return none('the actionable columns have no other value to take');
  const found = new Map<string, Candidate>();
  const enough = new Set<string>();
  let followed: readonly Candidate[] = [{ steps: [], columns: [], score: current!, distance: 0 }];
  for (let size = 1; size <= Math.min(mostColumns, levers.length); size++) {
    const tried = space.extend(followed).filter((candidate) => !holdsEnough(candidate, enough));
    for (const candidate of tried.filter(({ score }) => score < target)) {
      enough.add(keyOf(candidate));
      const set = candidate.columns.join();
      const best = found.get(set);
      if (!best || byDistance(candidate, best) < 0) found.set(set, candidate);
    }
    if (found.size >= mostAnswers) break;
    followed = tried
      .filter(({ score }) => score >= target)
      .sort((a, b) => a.score - b.score || byDistance(a, b))
      .slice(0, beam);
  }
  if (found.size === 0) {
    return none(
      `no change of up to ${countOf(Math.min(mostColumns, levers.length), 'actionable column')} to values that training saw takes the score below ${percentOf(target)}`,
    );
  }
  const answers = [...found.values()]
    .sort((a, b) => a.columns.length - b.columns.length || byDistance(a, b))
    .slice(0, mostAnswers)
    .map((candidate) => space.answer(candidate));
  return { score: current!, target, answers, reason: null, caution };
}

const caution = 'associated, not caused';

/** `24.4%`, `30%`. */
const percentOf = (share: number): string => `${Number((100 * share).toFixed(1))}%`;

interface Candidate {
  /** Rows of the stacked table, in the order of `columns`. */
  readonly steps: readonly number[];
  /** Levers that change, ascending. */
  readonly columns: readonly number[];
  readonly score: number;
  readonly distance: number;
}

interface Step {
  /** Row of the lever's stacked column. */
  readonly row: number;
  readonly distance: number;
}

/** The customer and every value that a lever may take, as one table of which rows are put together. */
function openSpace(score: ScoreTable, customer: Table, typical: Table, levers: readonly Lever[]) {
  const leverOf = new Map(levers.map((lever, i) => [lever.column, i]));
  const deepest = Math.max(...levers.map(({ values }) => columnLength(values)));
  const stacked: Table = {
    // Columns of unequal lengths: only rows that a lever has are ever taken from it.
    rowCount: 1 + deepest,
    columns: customer.columns.map((column) => {
      const lever = leverOf.get(column.name);
      return lever === undefined ? column : stackColumns(column, levers[lever]!.values);
    }),
  };
  const steps = levers.map(({ column, values }): Step[] => {
    const own = requireColumn('counterfactuals', stacked, column);
    const others = sortedNumbers(requireColumn('counterfactuals', typical, column));
    const rows = Array.from({ length: columnLength(values) }, (_, i) => i + 1);
    return rows
      .filter((row) => !isMissing(own, row) && !isSameValue(own, 0, row))
      .map((row) => ({ row, distance: distanceOf(own, row, others) }));
  });

  const scored = (candidates: readonly Omit<Candidate, 'score'>[]): Candidate[] => {
    if (candidates.length === 0) return [];
    const rows = stacked.columns.map(({ name }) => {
      const lever = leverOf.get(name);
      return Int32Array.from(candidates, ({ columns, steps }) => {
        const at = lever === undefined ? -1 : columns.indexOf(lever);
        return at < 0 ? 0 : steps[at]!;
      });
    });
    const scores = score(takeEach(stacked, rows, candidates.length));
    return candidates.map((candidate, i) => ({ ...candidate, score: scores[i]! }));
  };

  return {
    steps,
    /** Each candidate with one more column changed, in every way, each combination once. */
    extend(followed: readonly Candidate[]): Candidate[] {
      const made = new Map<string, Omit<Candidate, 'score'>>();
      for (const candidate of followed) {
        steps.forEach((some, lever) => {
          if (candidate.columns.includes(lever)) return;
          const place = candidate.columns.filter((other) => other < lever).length;
          const columns = candidate.columns.toSpliced(place, 0, lever);
          for (const { row, distance } of some) {
            const next = candidate.steps.toSpliced(place, 0, row);
            const key = keyOf({ columns, steps: next });
            if (!made.has(key))
              made.set(key, { columns, steps: next, distance: candidate.distance + distance });
          }
        });
      }
      return scored([...made.values()]);
    },
    answer({ columns, steps: rows, score, distance }: Candidate): Counterfactual {
      const changes = columns.map((lever, i) => {
        const column = requireColumn('counterfactuals', stacked, levers[lever]!.column);
        return { column: column.name, from: valueAt(column, 0), to: valueAt(column, rows[i]!) };
      });
      return { changes, score, distance };
    },
  };
}

function distanceOf(column: Column, row: number, others: Float64Array): number {
  if (column.kind !== 'number' || others.length === 0) return 1;
  const place = placeAmong(others, column.values[row]!);
  return isMissing(column, 0)
    ? 1 + Math.abs(place - 0.5)
    : Math.abs(place - placeAmong(others, column.values[0]!));
}

const byDistance = (a: Candidate, b: Candidate): number =>
  a.distance - b.distance ||
  a.score - b.score ||
  compareLists(a.columns, b.columns) ||
  compareLists(a.steps, b.steps);

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

const keyOf = ({ columns, steps }: Pick<Candidate, 'columns' | 'steps'>): string =>
  `${columns.join()}:${steps.join()}`;

/** Would a part of these changes do as well? */
function holdsEnough({ columns, steps }: Candidate, enough: ReadonlySet<string>): boolean {
  const all = (1 << columns.length) - 1;
  for (let part = 1; part < all; part++) {
    const isIn = (_: number, i: number): boolean => ((part >> i) & 1) === 1;
    if (enough.has(keyOf({ columns: columns.filter(isIn), steps: steps.filter(isIn) }))) return true;
  }
  return false;
}

/**
 * The levers of a contract: feature columns marked actionable, each with those of its `values` that the contract allows.
 * Dates and texts are no levers.
 */
export function leversOf(
  contract: Readonly<Record<string, ColumnContract>>,
  values: readonly Column[],
  columns: readonly string[],
): Lever[] {
  return columns.flatMap((name): Lever[] => {
    const rule = contract[name];
    if (!rule?.actionable || rule.use !== 'feature' || rule.kind === 'time' || rule.kind === 'text')
      return [];
    const column = values.find((one) => one.name === name && one.kind === rule.kind);
    if (!column) return [];
    const allowed = Array.from({ length: columnLength(column) }, (_, row) => row).filter((row) =>
      isAllowed(valueAt(column, row), rule),
    );
    return [{ column: name, values: takeFromColumn(column, allowed) }];
  });
}

function isAllowed(value: ReturnType<typeof valueAt>, { min, max, levels, closed }: ColumnContract): boolean {
  if (value === null) return false;
  if (typeof value === 'number') return value >= (min ?? value) && value <= (max ?? value);
  return !closed || !levels || levels.map(String).includes(String(value));
}
