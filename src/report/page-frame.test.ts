import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, markupOf, trusted } from './html.ts';
import { factList, figure, headCell, pill, scrollBox, tableBox, writePage } from './page-frame.ts';
import { allElements, parseXml } from './testing/well-formed.ts';

const page = writePage({
  kind: 'Test <report>',
  title: 'a "b" & <c>',
  subtitle: html`<p>about</p>`,
  sections: [
    { id: 'one', title: 'First & foremost', body: html`<p>1</p>` },
    { id: 'two', title: 'Second', shortTitle: '2nd', body: html`<p>2</p>` },
  ],
  footer: html`<p>end</p>`,
});
const elements = allElements(parseXml(page));
const named = (name: string) => elements.filter((element) => element.name === name);

test('page frame: well-formed, in English, with one first heading and a heading for each section', () => {
  assert.match(page, /^<!doctype html>\n<html lang="en">/);
  assert.deepEqual(
    named('h1').map(({ text }) => text),
    ['a "b" & <c>'],
  );
  assert.deepEqual(
    named('h2').map(({ text }) => text),
    ['First & foremost', 'Second'],
  );
  assert.equal(named('title')[0]!.text, 'a "b" & <c> · Test <report>');
  assert.ok(named('main').length === 1 && named('nav').length === 1 && named('footer').length === 1);
});

test('page frame: every link and label leads to an id that is there once', () => {
  const ids = elements.flatMap(({ attributes }) => (attributes.id ? [attributes.id] : []));
  assert.equal(new Set(ids).size, ids.length);
  const used = elements.flatMap(({ attributes }) =>
    [attributes.href?.slice(1), attributes.for, attributes['aria-labelledby']].filter(
      (id) => id !== undefined,
    ),
  );
  assert.ok(used.length >= 8);
  for (const id of used) assert.ok(ids.includes(id), id);
  assert.deepEqual(
    named('nav')[0]!.children[0]!.children.map(({ text }) => text),
    ['First & foremost', '2nd'],
  );
});

test('page frame: its policy forbids everything but its own style; it holds no script and no address', () => {
  const policy = named('meta').find(
    ({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
  )!.attributes.content!;
  assert.match(policy, /^default-src 'none'; style-src 'unsafe-inline'/);
  assert.doesNotMatch(policy, /script|http|\*/);
  assert.equal(named('script').length + named('link').length + named('img').length, 0);
  assert.doesNotMatch(page, /https?:|\/\/[a-z]|@import|url\(/);
});

test('page frame: parts are escaped and well-formed', () => {
  const part = html`<div>${figure(trusted('<svg></svg>'), '<t>', 'a & b')}${tableBox('"l"', [headCell('<h>'), headCell('n', 'number')], [html`<tr><td>${'<x>'}</td></tr>`], 'fold')}${factList(
    [
      ['name', '<v>'],
      ['none', null],
      ['code', html`<code>c</code>`],
    ],
  )}${pill(true, 'yes')}${pill(false, 'no')}${scrollBox('s', html`s`)}</div>`;
  const inside = allElements(parseXml(markupOf(part)));
  assert.equal(inside.filter(({ name }) => name === 'dd').length, 2);
  assert.equal(inside.find(({ name }) => name === 'h3')!.text, '<t>');
  assert.equal(inside.find(({ name }) => name === 'table')!.attributes.class, 'fold');
  const box = inside.find(({ attributes }) => attributes.role === 'region')!;
  assert.deepEqual([box.attributes.tabindex, box.attributes['aria-label']], ['0', '"l"']);
});
