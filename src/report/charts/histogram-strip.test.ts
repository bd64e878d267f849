import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markupOf } from '../html.ts';
import { allElements, parseXml } from '../testing/well-formed.ts';
import { histogramStrip } from './histogram-strip.ts';

const draw = (shares: readonly number[], label = 'Values') =>
  allElements(parseXml(markupOf(histogramStrip(shares, label))));

test('histogram strip: a bar a share, the highest as high as the picture, an empty one not drawn, a small one seen', () => {
  const path = draw([0.5, 0, 0.001, 0.25]).find(({ name }) => name === 'path')!.attributes.d!;
  assert.equal(path, 'M0.0 36v-36.0h59.0V36zM120.0 36v-1.0h59.0V36zM180.0 36v-18.0h59.0V36z');
});

test('histogram strip: says in words what it shows, whatever the name of the column', () => {
  const [svg] = draw([1, 1], '"><script>');
  assert.equal(svg!.attributes['aria-label'], '"><script>');
  assert.doesNotMatch(markupOf(histogramStrip([], 'x')), /NaN|Infinity/);
});
