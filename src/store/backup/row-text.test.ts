import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cell, rowToText, textToRow } from './row-text.ts';
import type { TableShape } from './shape.ts';

const shapeOf = (...kinds: ('number' | 'text')[]): TableShape => ({
  name: 't',
  columns: kinds.map((kind, i) => ({ name: `c${i}`, kind })),
  key: ['c0'],
  ascending: null,
});

const number = fc.double({ noDefaultInfinity: false, noNaN: false });
const kindAndValue = fc.oneof(
  fc.tuple(fc.constant('number' as const), fc.option(number)),
  fc.tuple(fc.constant('text' as const), fc.option(fc.string({ unit: 'binary' }))),
);

test('row text: for any row the same values come back to the bit, in one line', () => {
  fc.assert(
    fc.property(fc.array(kindAndValue, { minLength: 1, maxLength: 8 }), (cells) => {
      const values: Cell[] = cells.map(([, value]) => value);
      const text = rowToText(values);
      assert.ok(!text.includes('\n'));
      const back = textToRow(text, shapeOf(...cells.map(([kind]) => kind)))!;
      assert.equal(back.length, values.length);
      for (const [i, value] of values.entries()) assert.ok(Object.is(back[i], value));
    }),
  );
});

const refusals: readonly (readonly [string, string])[] = [
  ['no JSON', '[1,'],
  ['no list', '{"c0":1}'],
  ['a value too few', '[1]'],
  ['a value too many', '[1,"a",2]'],
  ['a text for a number', '["1","a"]'],
  ['a number for a text', '[1,2]'],
  ['a truth', '[true,"a"]'],
  ['a list within', '[[1],"a"]'],
  ['an unknown odd number', '[{"number":"12"},"a"]'],
  ['an odd number for a text', '[1,{"number":"NaN"}]'],
];
for (const [what, text] of refusals)
  test(`row text: ${what} is no row`, () => assert.equal(textToRow(text, shapeOf('number', 'text')), null));
