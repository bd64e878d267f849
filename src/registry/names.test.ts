import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlias, parseReference } from './names.ts';

test('names: an alias is words of small letters, and nothing that means something else', () => {
  for (const alias of ['champion', 'challenger', 'eu-west-2', 'a', 'face-lift', 'x'.repeat(63)])
    assert.equal(isAlias(alias), true, alias);
  for (const alias of [
    'latest',
    'v1',
    'v12',
    '1',
    'cafe',
    'deadbeef',
    'deadbeef-12',
    'A',
    'a_b',
    'a-',
    'x'.repeat(64),
  ])
    assert.equal(isAlias(alias), false, alias);
});

test('names: references are read as version, alias, newest, or label and id', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['telco@3', { by: 'version', name: 'telco', version: 3 }],
    ['telco@v12', { by: 'version', name: 'telco', version: 12 }],
    ['12', { by: 'version', name: null, version: 12 }],
    ['champion', { by: 'alias', name: null, alias: 'champion' }],
    ['Bank 2@eu-west', { by: 'alias', name: 'Bank 2', alias: 'eu-west' }],
    ['latest', { by: 'latest', name: null }],
    ['telco@latest', { by: 'latest', name: 'telco' }],
    ['2026', { by: 'label-or-id', text: '2026' }],
    ['20260301.nogit.2', { by: 'label-or-id', text: '20260301.nogit.2' }],
    ['beef', { by: 'label-or-id', text: 'beef' }],
    ['telco@0', { by: 'label-or-id', text: 'telco@0' }],
    ['@3', { by: 'label-or-id', text: '@3' }],
    ['', { by: 'label-or-id', text: '' }],
  ];
  for (const [text, wanted] of cases) assert.deepEqual(parseReference(text), wanted, text);
});
