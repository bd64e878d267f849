/** Small inspections made by hand, for the tests of single findings. */
import { createRandom, type Random } from '../../../base/random.ts';
import { type Column, columnLength } from '../../../table/column.ts';
import type { Finding, FindingDefinition } from '../definition.ts';
import { type InspectionInput, prepareInspection } from '../prepare.ts';

/** Labels of so many rows, every fourth churned. */
export const quarterChurned = (rows: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 1 : 0));

/** What one finding says of columns; every fourth row churned unless told. */
export function lookAt(
  definition: FindingDefinition,
  columns: readonly Column[],
  more: Partial<Omit<InspectionInput, 'columns'>> = {},
): readonly Finding[] {
  const rows = columns[0] ? columnLength(columns[0]) : (more.labels?.length ?? 0);
  const input = { labels: quarterChurned(rows), target: 'churned', ...more, columns };
  return definition.look(prepareInspection(input));
}

/** A list of values, one a row, from a seed. */
export function drawn<T>(rows: number, seed: number, value: (random: Random, row: number) => T): T[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, row) => value(random, row));
}

/** Severity and column of each finding. */
export const told = (findings: readonly Finding[]): [string, string | null][] =>
  findings.map(({ severity, column }) => [severity, column]);
