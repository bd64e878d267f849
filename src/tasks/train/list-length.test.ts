import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contract } from '../../data/contract.ts';
import { createTable } from '../../table/table.ts';
import { rowName } from '../labelled-customers.ts';
import { listLength } from './list-length.ts';

const events = { cutoffs: { last: '2010-10-11', every: '30d', count: 3 } } as unknown as Contract['events'];
const rows = (ids: readonly string[] | null) => ({ ids, table: createTable([], 5) });

test('list length: of a back-test the customers of its newest cutoff, else the whole table', () => {
  const ids = ['a', 'b', 'c'].map((name) => rowName(name, '2010-09-11'));
  ids.push(rowName('a', '2010-10-11'), rowName('d at 2011-01-01', '2010-10-11'));
  assert.equal(listLength(rows(ids), { events }), 2);
  assert.equal(listLength(rows(['a', 'b', 'c', 'd', 'e']), { events: undefined }), 5);
  assert.equal(listLength(rows(null), { events }), 5);
});
