import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markupOf } from '../html.ts';
import { allElements, parseXml } from '../testing/well-formed.ts';
import { intervalStrip } from './interval-strip.ts';

const shapes = (...parts: Parameters<typeof intervalStrip>) =>
  allElements(parseXml(markupOf(intervalStrip(...parts)))).slice(1);

test('interval strip: dot, ends and comparison stand where the scale puts them', () => {
  const drawn = shapes({ value: 0.75, low: 0.5, high: 1 }, { from: 0.5, to: 1, compare: 0.75 });
  const dot = drawn.find(({ name }) => name === 'circle')!;
  assert.equal(dot.attributes.cx, '55.0');
  assert.ok(drawn.some(({ attributes }) => attributes.d === 'M6.0 9H104.0'));
  assert.ok(drawn.some(({ attributes }) => attributes.d === 'M55.0 1V17'));
});

test('interval strip: what lies outside the scale ends at its edge; a scale without width is no trouble', () => {
  const drawn = shapes({ value: 0.2, low: -1, high: 3 }, { from: 0.5, to: 1 });
  assert.ok(drawn.some(({ attributes }) => attributes.d === 'M6.0 9H104.0'));
  assert.equal(drawn.filter(({ name }) => name === 'path').length, 2);
  assert.doesNotMatch(JSON.stringify(shapes({ value: 1, low: 1, high: 1 }, { from: 1, to: 1 })), /NaN/);
});

test('interval strip: takes the colour it is given', () => {
  const drawn = shapes({ value: 0.7, low: 0.6, high: 0.8 }, { from: 0.5, to: 1, colour: 'bad' });
  assert.equal(drawn.find(({ name }) => name === 'circle')!.attributes.fill, 'var(--bad)');
});
