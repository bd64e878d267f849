import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markupOf } from '../html.ts';
import { allElements, parseXml } from '../testing/well-formed.ts';
import { hundredDots } from './hundred.ts';

const filled = (share: number): number =>
  allElements(parseXml(markupOf(hundredDots(share, 'a & b')))).find(
    ({ attributes }) => attributes.fill === 'var(--accent)',
  )!.children.length;

test('hundred dots: as many are filled as the share says', () => {
  assert.deepEqual([0, 0.001, 0.487, 0.999, 1, Number.NaN].map(filled), [0, 1, 49, 99, 100, 0]);
});

test('hundred dots: there are a hundred, and they say what they show', () => {
  const root = parseXml(markupOf(hundredDots(0.3, 'a & b')));
  assert.equal(allElements(root).filter(({ name }) => name === 'circle').length, 100);
  assert.equal(root.attributes['aria-label'], 'a & b');
  assert.equal(root.children[0]!.text, 'a & b');
});
