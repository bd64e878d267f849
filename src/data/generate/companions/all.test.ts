import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { allGenerators } from '../all.ts';
import { generateCustomers } from '../generate-customers.ts';
import { allCompanions } from './all.ts';

test('companions: every file is listed, named by its id, tested beside it, and has a title', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  const helpers = ['all.ts', 'definition.ts', 'feedback-phrases.ts'];
  const definitions = files.filter((file) => !file.endsWith('.test.ts') && !helpers.includes(file));
  assert.deepEqual(definitions.sort(), allCompanions.map(({ id }) => `${id}.ts`).sort());
  for (const { id, title } of allCompanions) {
    assert.ok(files.includes(`${id}.test.ts`), id);
    assert.match(title, /^[A-Z].*\.$/, id);
  }
});

for (const { id: kind } of allGenerators) {
  const peopleOf = (rows: number, seed = 5) => generateCustomers({ kind, rows, seed, snapshots: 3 }).people;

  for (const companion of allCompanions) {
    const parts = [companion.told, companion.truth].filter((part) => part !== null);

    test(`${kind} ${companion.id}: every cell is of its column's kind, and every column says what it is`, () => {
      const people = peopleOf(120);
      for (const { columns, rows } of parts) {
        assert.equal(new Set(columns.map(({ name }) => name)).size, columns.length);
        for (const { name, meaning } of columns) assert.match(meaning, /^\w.*\.$/, name);
        const kinds = columns.map((column) => (column.kind === 'text' ? 'string' : column.kind));
        let count = 0;
        for (const cells of rows(people)) {
          count++;
          assert.equal(cells.length, columns.length);
          cells.forEach((cell, c) => {
            assert.ok(cell === null || typeof cell === kinds[c], `${columns[c]!.name} ${cell}`);
            assert.ok(typeof cell !== 'number' || Number.isFinite(cell), columns[c]!.name);
          });
        }
        assert.ok(count > 20, `${count} rows`);
      }
    });

    test(`${kind} ${companion.id}: the same seed gives the same rows, another seed others`, () => {
      for (const { rows } of parts) {
        const made = [...rows(peopleOf(60))];
        assert.deepEqual([...rows(peopleOf(60))], made);
        assert.notDeepEqual([...rows(peopleOf(60, 6))], made);
      }
    });
  }

  test(`${kind}: nothing told of a customer before the outcome lies before the customer began`, () => {
    const people = peopleOf(300);
    const startOf = new Map(
      Array.from({ length: 300 }, (_, row) => [people.at(row).id, people.at(row).startMs]),
    );
    for (const { id, told } of allCompanions) {
      const time = told.columns.findIndex(({ name }) => name === 'time');
      const customer = told.columns.findIndex(({ name }) => name === 'customerId');
      if (time < 0) continue;
      for (const cells of told.rows(people)) {
        assert.ok(
          Date.parse(String(cells[time])) >= startOf.get(String(cells[customer]))!,
          `${id} ${cells[time]}`,
        );
      }
    }
  });
}
