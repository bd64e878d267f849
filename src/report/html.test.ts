import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanText, escapeHtml, html, join, markupOf, trusted } from './html.ts';
import { hostileNames } from './testing/synthetic-facts.ts';
import { parseXml } from './testing/well-formed.ts';

const text = (...parts: Parameters<typeof html>): string => markupOf(html(...parts));

test('html: texts are escaped in content and in attributes, markup passes, lists are joined', () => {
  const name = `<b> & "x" 'y'`;
  assert.equal(
    text`<i title="${name}">${name}</i>`,
    '<i title="&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;">&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</i>',
  );
  assert.equal(text`<p>${html`<b>${1}</b>`}${[html`a`, html`b`]}</p>`, '<p><b>1</b>ab</p>');
  assert.equal(text`${null}${undefined}${false}${0}`, '0');
  assert.equal(markupOf(join([trusted('<br />'), html`${'<'}`], ', ')), '<br />, &lt;');
});

test('html: an object from a file can not pass for markup', () => {
  const parsed = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
  assert.doesNotMatch(text`${parsed}`, /<script>/);
});

test('html: for any text, the page reads it back, on one line and without forbidden characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const read = parseXml(text`<p title="${name}">${name}</p>`);
      assert.equal(read.text, cleanText(name));
      assert.equal(read.attributes.title, cleanText(name));
      assert.doesNotMatch(read.text, /[\n\r]/);
    }),
    { numRuns: 50 },
  );
});

test('html: hostile names stay text', () => {
  for (const name of hostileNames) assert.equal(parseXml(text`<p>${name}</p>`).children.length, 0);
  assert.equal(escapeHtml('\u202eabc\u0000'), '\ufffdabc\ufffd');
});
