import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeMarkdown, list, table } from './markdown.ts';
import { hostileNames } from './testing/synthetic-facts.ts';

/** What is left of a text when every escaped character is taken out: nothing of it may mean anything. */
const unescaped = (text: string): string => text.replace(/\\[\\`*_{}[\]<>|~&#+=.)@-]/g, '');

test('markdown: no character of a name opens a tag, link, code, emphasis, cell or line', () => {
  const harmless = (name: string): void => {
    const bare = unescaped(escapeMarkdown(name));
    assert.doesNotMatch(bare, /[`*_[\]<>|~\n\r@]|:\/\/|www\./);
    assert.doesNotMatch(bare, /&(?=[#\w])/);
  };
  for (const name of hostileNames) harmless(name);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), harmless));
});

test('markdown: names that would begin a heading, list or rule do not', () => {
  assert.equal(escapeMarkdown('# a'), '\\# a');
  assert.equal(escapeMarkdown('- a'), '\\- a');
  assert.equal(escapeMarkdown('1. a'), '1\\. a');
  assert.equal(escapeMarkdown('0.842'), '0.842');
  assert.equal(escapeMarkdown('tenure, Contract (old)'), 'tenure, Contract (old)');
});

test('markdown: tables and lists', () => {
  assert.equal(table(['a', 'b'], [['1', '2']]), '| a | b |\n| --- | --- |\n| 1 | 2 |');
  assert.equal(list(['a', 'b']), '- a\n- b');
});
