/** Every code of the error catalogue is given to somebody, and every code that is given is in the catalogue. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorCatalogue, errorKinds } from '../src/base/errors.ts';

const catalogueFile = 'src/base/errors.ts';
const files = globSync('src/**/*.ts')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path !== catalogueFile && !path.endsWith('.test.ts') && !path.includes('/testing/'));
const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));

/** What stands first in a call that makes an error: `new DataError('data.empty'`. */
const made = new RegExp(
  `new (?:${['HoldfastError', ...Object.keys(errorKinds)].join('|')})\\(\\s*'([^']*)'`,
  'g',
);

test('errors: every code of the catalogue is used somewhere in src', () => {
  assert.ok(files.length > 100, 'run from the folder of the project');
  const everything = [...texts.values()].join('\n');
  const unused = Object.keys(errorCatalogue).filter((code) => !everything.includes(`'${code}'`));
  assert.deepEqual(unused, [], 'nobody can meet them: take them off the catalogue');
});

test('errors: every code that an error is made with is in the catalogue', () => {
  const found = [...texts].flatMap(([path, text]) =>
    [...text.matchAll(made)].map(([, code]) => ({ path, code: code! })),
  );
  assert.ok(found.length > 40, `${found.length} places`);
  assert.deepEqual(
    found.filter(({ code }) => !Object.hasOwn(errorCatalogue, code)),
    [],
  );
});
