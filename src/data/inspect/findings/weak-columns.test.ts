import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn, textColumn } from '../../../table/column.ts';
import { drawn, lookAt, quarterChurned } from '../testing/example.ts';
import { weakColumns } from './weak-columns.ts';

const rows = 2000;
const labels = quarterChurned(rows);
const noise = numberColumn(
  'noise',
  drawn(rows, 1, (random) => random.normal()),
);
const colour = categoryColumn(
  'colour',
  drawn(rows, 2, (random) => ['red', 'blue'][random.integer(2)]!),
);
const telling = numberColumn(
  'telling',
  drawn(rows, 3, (random, row) => random.normal() + labels[row]!),
);
/** Churners lie on both sides of the others: no difference of means, but an AUC. */
const outer = numberColumn(
  'outer',
  drawn(rows, 4, (random, row) => random.normal() * (labels[row] === 1 ? 5 : 0.5)),
);

test('weak.columns: noise is named in one note, in the order of the table; what tells something is not', () => {
  const found = lookAt(weakColumns, [noise, telling, colour, outer], { labels });
  assert.deepEqual(
    found.map(({ severity, column, evidence }) => [severity, column, evidence]),
    [['note', null, { columns: ['noise', 'colour'] }]],
  );
  assert.match(found[0]!.message, /^2 columns say next to nothing about churn alone: noise, colour; /);
});

test('weak.columns: silent where all tell something, of columns left out, of text and of few churners', () => {
  const silent = (more: object, columns = [noise]) =>
    assert.deepEqual(lookAt(weakColumns, columns, { labels, ...more }), []);
  silent({}, [telling]);
  silent({ useOf: () => 'none' });
  silent({ labels: labels.map((label, row) => (row < 300 ? label : 0)) });
  const text = textColumn(
    't',
    drawn(rows, 5, (_, row) => `t${row}`),
  );
  assert.deepEqual(lookAt(weakColumns, [text], { labels }), []);
});
