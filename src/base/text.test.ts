import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countOf, didYouMean, listNames, nearestName, printable } from './text.ts';

test('text: the nearest name forgives case, separators, a slip and two swapped letters', () => {
  const known = ['tenure', 'monthlyCharges', 'Contract', 'paperless_billing'];
  assert.equal(nearestName('tenur', known), 'tenure');
  assert.equal(nearestName('tenrue', known), 'tenure');
  assert.equal(nearestName('MONTHLY_CHARGES', known), 'monthlyCharges');
  assert.equal(nearestName('paperless billing', known), 'paperless_billing');
});

test('text: no name is offered when none is near', () => {
  assert.equal(nearestName('gender', ['tenure', 'Contract']), undefined);
  assert.equal(nearestName('x', []), undefined);
  assert.equal(nearestName('ab', ['yz']), undefined);
});

test('text: of several near names the nearest is offered, of equals the first', () => {
  assert.equal(nearestName('lambda1', ['lambda2', 'lambda1x', 'lambda1']), 'lambda1');
  assert.equal(nearestName('depth', ['depths', 'depthx']), 'depths');
});

test('text: for any known name, one letter more still finds it', () => {
  const name = fc.stringMatching(/^[a-z]{4,12}$/);
  fc.assert(fc.property(name, (known) => assert.equal(nearestName(`${known}x`, [known]), known)));
});

test('text: an offer is a clause of a sentence, or nothing', () => {
  assert.equal(didYouMean('tenur', ['tenure']), '; did you mean tenure?');
  assert.equal(didYouMean('gender', ['tenure']), '');
});

test('text: a list of names stops after five', () => {
  assert.equal(listNames([]), '');
  assert.equal(listNames(['a', 'b']), 'a, b');
  assert.equal(listNames(['a', 'b', 'c', 'd', 'e']), 'a, b, c, d, e');
  assert.equal(listNames(['a', 'b', 'c', 'd', 'e', 'f', 'g']), 'a, b, c, d, e and 2 more');
  assert.equal(listNames(['a', 'b', 'c'], 1), 'a and 2 more');
});

test('text: one row, two rows, no rows', () => {
  assert.equal(countOf(1, 'row'), '1 row');
  assert.equal(countOf(2, 'row'), '2 rows');
  assert.equal(countOf(0, 'row'), '0 rows');
  assert.equal(countOf(2, 'entry', 'entries'), '2 entries');
});

test('text: for any name, what is printed has no control character and at most 60 characters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 100 }),
      (name) => {
        const clean = printable(name);
        assert.ok(clean.length <= 60);
        assert.ok(!/\p{Cc}|\u2028|\u2029/u.test(clean));
      },
    ),
  );
  assert.equal(printable('a\nb\u001b[31m'), 'a?b?[31m');
  assert.equal(printable('x'.repeat(61)), `${'x'.repeat(57)}...`);
  assert.equal(printable('x'.repeat(60)), 'x'.repeat(60));
});
