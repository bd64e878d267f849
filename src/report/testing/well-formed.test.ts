import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allElements, parseXml } from './well-formed.ts';

test('the strict reader reads elements, attributes and text', () => {
  const root = parseXml('<!doctype html>\n<a x="1 &amp; 2">b<c/>d<e y="">&lt;</e></a>\n');
  assert.deepEqual(
    allElements(root).map(({ name }) => name),
    ['a', 'c', 'e'],
  );
  assert.equal(root.text, 'bd<');
  assert.equal(root.attributes.x, '1 & 2');
});

const broken = {
  'an open element': '<a><b></a>',
  'a lone ampersand': '<a>b & c</a>',
  'an unknown entity': '<a>&nbsp;</a>',
  'a lone bracket': '<a>1 < 2</a>',
  'an attribute without quotes': '<a b=c></a>',
  'an attribute twice': '<a b="1" b="2"></a>',
  'quotes inside quotes': '<a style="font-family:"Arial""></a>',
  'two roots': '<a/><b/>',
  'text after the root': '<a/>b',
  'a control character': '<a>\u0001</a>',
  'half a character': '<a>\ud800</a>',
  nothing: '',
};
for (const [what, text] of Object.entries(broken)) {
  test(`the strict reader refuses ${what}`, () => {
    assert.throws(() => parseXml(text), SyntaxError);
  });
}
