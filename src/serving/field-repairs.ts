/**
 * The repairs of single values that a model's training rows went through, for the fields of a raw customer: a stand-in
 * (-999, "unknown") or a text that a file's reader could not read becomes null, before anything is checked.
 *
 * The same cells in a file come out the same: `set-missing` compares what the contract makes of a field, and
 * `unreadable-as-missing` never takes a text that a file would read, so `"36"` is still no number. O(repaired columns).
 */
import {
  levelSpelling,
  readBoolean,
  readLevel,
  readNumber,
  readTime,
  scalarText,
  unreadable,
} from '../data/cells.ts';
import type { CleanSection } from '../data/clean/section.ts';
import { standInOf } from '../data/clean/set-missing.ts';
import type { ColumnContract, Contract } from '../data/contract.ts';

type Customer = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

/** The names of the fields that count as missing although they hold something. `clean`: repairs of single values. */
export function fieldRepairs(
  clean: CleanSection,
  { columns }: Contract,
): (customer: Customer) => readonly string[] {
  const tests = clean.flatMap((entry): [string, Test][] => {
    if (entry.repair === 'set-missing')
      return entry.columns.map((name) => [name, standInTest(columns[name]!, entry.values)]);
    if (entry.repair === 'unreadable-as-missing')
      return entry.columns.map((name) => [name, unreadableTest(columns[name]!)]);
    return [];
  });
  return (customer) => [
    ...new Set(
      tests.flatMap(([name, test]) => (Object.hasOwn(customer, name) && test(customer[name]) ? [name] : [])),
    ),
  ];
}

function standInTest(rule: ColumnContract, values: Parameters<typeof standInOf>[1]): Test {
  const isStandIn = standInOf(rule.kind, values);
  const spelling = levelSpelling(rule.levels);
  return (value) => {
    const cell = cellOf(rule.kind, value);
    if (cell === null) return false;
    return isStandIn(rule.kind === 'category' ? spelling(String(cell)) : cell);
  };
}

/** What a table of this kind would hold; null where it would hold nothing. */
function cellOf(kind: ColumnContract['kind'], value: unknown): string | number | boolean | null {
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'time': {
      const time = typeof value === 'string' ? readTime(value) : null;
      return typeof time === 'number' ? time : null;
    }
    case 'category':
    case 'text':
      if (typeof value === 'number' || typeof value === 'boolean') return scalarText(value);
      return typeof value === 'string' ? readLevel(value) : null;
  }
}

function unreadableTest({ kind }: ColumnContract): Test {
  const read = { number: readNumber, boolean: readBoolean, time: readTime, category: null, text: null }[kind];
  return (value) => typeof value === 'string' && read !== null && read(value) === unreadable;
}
