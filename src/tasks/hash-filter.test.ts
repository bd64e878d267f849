import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { buildHashFilter, hashFilterSchema, openHashFilter } from './hash-filter.ts';

const ids = (count: number, prefix = 'customer'): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

describe('hash filter', () => {
  it('for any texts: everything that went in is found, also after a trip through JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 50 }), (texts) => {
        const filter = hashFilterSchema.parse(JSON.parse(JSON.stringify(buildHashFilter(texts, 'id'))));
        assert.ok(texts.every(openHashFilter(filter)));
      }),
      { numRuns: 50 },
    );
  });

  it('finds what did not go in by mistake in about 1% of cases', () => {
    for (const count of [500, 20_000]) {
      const contains = openHashFilter(buildHashFilter(ids(count), 'id'));
      const mistakes = ids(50_000, 'stranger').filter(contains).length / 50_000;
      // 0.00997 by the formula; four standard errors of 50,000 draws are 0.0018, few bits vary a little more.
      assert.ok(mistakes > 0.0075 && mistakes < 0.0125, `${count}: ${mistakes}`);
    }
  });

  it('takes 9.6 bits a text, and the same texts in any order give the same filter', () => {
    const filter = buildHashFilter(ids(1000), 'row');
    assert.deepEqual(
      { ...filter, bits: filter.bits.length },
      { bits: 1600, hashes: 7, size: 9600, count: 1000, of: 'row' },
    );
    assert.deepEqual(buildHashFilter(ids(1000).reverse(), 'row'), filter);
  });

  it('of nothing contains nothing', () => {
    assert.deepEqual(ids(100).filter(openHashFilter(buildHashFilter([], 'id'))), []);
  });

  it('a filter whose bits and size disagree is refused', () => {
    const filter = buildHashFilter(ids(10), 'id');
    assert.equal(hashFilterSchema.safeParse({ ...filter, size: 1000 }).success, false);
    assert.equal(hashFilterSchema.safeParse({ ...filter, bits: '???' }).success, false);
  });
});
