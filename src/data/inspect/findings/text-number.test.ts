import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, textColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { textNumber } from './text-number.ts';

const text = (value: (n: number) => string) =>
  textColumn(
    'spend',
    drawn(300, 1, (random) => value(random.integer(90_000))),
  );
const isTold = (column: ReturnType<typeof text>): boolean => lookAt(textNumber, [column]).length === 1;

test('text.number: currency, percent, units, thousands and decimal commas are seen', () => {
  assert.ok(isTold(text((n) => `€ ${(n / 100).toFixed(2)}`)));
  assert.ok(isTold(text((n) => `${n / 1000}%`)));
  assert.ok(isTold(text((n) => `${n} kg`)));
  assert.ok(isTold(text((n) => `${1 + (n % 9)},${100 + (n % 900)}.50`)));
  assert.ok(isTold(text((n) => `${n},5`)));
});

test('text.number: plain numbers with words between them are seen', () => {
  const [found] = lookAt(textNumber, [text((n) => (n % 7 === 0 ? 'unknown' : String(n)))]);
  assert.equal((found!.evidence as { words: number }).words, 1);
});

test('text.number: words, codes with letters first and codes with zeros first are not', () => {
  assert.ok(!isTold(text((n) => `plan ${n % 40}`)));
  assert.ok(!isTold(text((n) => `A${n}`)));
  assert.ok(!isTold(text((n) => `0${n}`)));
  assert.deepEqual(
    lookAt(textNumber, [
      categoryColumn(
        'c',
        drawn(300, 1, (random) => `l${random.integer(30)}`),
      ),
    ]),
    [],
  );
});

test('text.number: of amounts with a currency sign the sign is named, one word is no words', () => {
  const [amounts] = lookAt(textNumber, [text((n) => (n % 3 === 0 ? 'free' : `€ ${(n / 100).toFixed(2)}`))]);
  assert.match(
    amounts!.message,
    /read as text because of a currency sign; 1 different value is a word; remove the sign, or set kind: number/,
  );
  assert.equal((amounts!.evidence as { isCurrency: boolean }).isCurrency, true);
  const [weights] = lookAt(textNumber, [text((n) => `${n} kg`)]);
  assert.match(weights!.message, /because of signs, units or separators; export it as plain numbers/);
  assert.equal((weights!.evidence as { isCurrency: boolean }).isCurrency, false);
});
