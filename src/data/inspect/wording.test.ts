import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../table/column.ts';
import type { RowsAre } from './definition.ts';
import { malformed } from './findings/malformed.ts';
import { prepareInspection } from './prepare.ts';
import { rowText } from './wording.ts';

test('row text: a line is named only where the file has lines, a row of the learned ones is no row of the file', () => {
  const said = (rowsAre: RowsAre): string => rowText(2, { rowsAre });
  assert.deepEqual((['lines', 'rows', 'learned'] as const).map(said), [
    'row 3 (line 4)',
    'row 3',
    'row 3 of those learned from',
  ]);
});

test('malformed: rows of a file without lines are told as rows', () => {
  const look = (rowsAre: RowsAre): string | undefined => {
    const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 2);
    const columns = ['a', 'b'].map((name) =>
      numberColumn(
        name,
        Array.from(labels, (_, i) => i),
      ),
    );
    const unreadable = ['a', 'b'].map((column) => ({ column, row: 4 }));
    return malformed.look(prepareInspection({ columns, labels, target: 'left', unreadable, rowsAre }))[0]
      ?.message;
  };
  assert.match(look('lines')!, /^1 row \(line 6\) holds texts where numbers belong;/);
  assert.match(look('rows')!, /^1 row \(row 5\) holds texts/);
});
