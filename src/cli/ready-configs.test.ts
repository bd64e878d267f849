/** The project files of `config/` are read whole: a key that no longer exists is found without the tables. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readProject } from '../project-file.ts';

const folder = new URL('../../config/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test('ready configs: each is a valid project of its own name, and its README tells of it', async () => {
  assert.ok(names.length >= 3);
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  for (const name of names) {
    const project = await readProject(decodeURIComponent(new URL(name, folder).pathname));
    assert.equal(`${project.project}.yaml`, name);
    assert.ok(readme.includes(`(${name})`), name);
  }
});
