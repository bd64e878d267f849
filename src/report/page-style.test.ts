import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageStyle } from './page-style.ts';
import { colours, dark, light, variableOf } from './palette.ts';

test('page style: stands in a page as it is', () => {
  assert.doesNotMatch(pageStyle, /[<&]/);
  assert.equal(pageStyle.split('{').length, pageStyle.split('}').length);
});

test('page style: every variable that is used is set, in light and twice in dark', () => {
  for (const [whole, name] of pageStyle.matchAll(/var\((--[a-z-]+)\)/g))
    assert.ok(pageStyle.includes(`${name}:`), whole);
  for (const colour of colours) {
    assert.equal(pageStyle.split(`${variableOf(colour)}: ${light[colour]};`).length, 2, colour);
    assert.equal(pageStyle.split(`${variableOf(colour)}: ${dark[colour]};`).length, 3, colour);
  }
});
