import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, timeColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import { cleanTable } from '../clean-table.ts';
import { repair } from '../testing/repair.ts';
import { cleanSection } from './section.ts';
import { unreadableAsMissing } from './unreadable-as-missing.ts';

const table = createTable([timeColumn('last', [null, 1, null]), numberColumn('n', [null, 1, 2])]);

test('unreadable-as-missing: counts the values it takes for missing and changes none', () => {
  const made = repair(unreadableAsMissing, table, { columns: ['last'] }, { last: 2, n: 1 });
  assert.equal(made.message, 'unreadable-as-missing: 2 values of last taken for missing');
  assert.equal(made.table, table);
  assert.equal(repair(unreadableAsMissing, table, { columns: ['n'] }).message, null);
});

test('unreadable-as-missing: only the columns it names are accepted', () => {
  const cells = [
    { column: 'last', row: 0 },
    { column: 'last', row: 2 },
    { column: 'n', row: 0 },
  ];
  const section = cleanSection.parse([{ repair: 'unreadable-as-missing', columns: ['last'] }]);
  assert.deepEqual(cleanTable(section, table, cells).unreadable, [{ column: 'n', row: 0 }]);
});
