/** Folders of interchangeable things: every file is listed in `all.ts`, carries its own name and has a test beside it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readSource } from '../tools/read-source.ts';

interface Folder {
  readonly path: string;
  /** Files directly in the folder that define no thing of it, and why they are there all the same. */
  readonly helpers?: Readonly<Record<string, string>>;
}

const folders: readonly Folder[] = [
  { path: 'src/models' },
  {
    path: 'src/features',
    helpers: { 'preprocess.ts': 'builds a router of the steps here from the section of the project file' },
  },
  { path: 'src/evaluation/metrics' },
  { path: 'src/cli/commands' },
  { path: 'src/drift' },
  { path: 'src/api/routes' },
  { path: 'src/api/jobs/kinds' },
  { path: 'src/serving/events/sources' },
  { path: 'src/data/clean' },
  { path: 'src/data/inspect/findings' },
  { path: 'src/selection/methods' },
];

/** The first four exist from the first release on; the others count once they have a list. */
const firstFolders = 4;

/** What a file of a folder shows to the outside. */
interface Thing {
  readonly file: string;
  /** Ids of the things it exports. */
  readonly ids: readonly string[];
}

/** Everything wrong with a folder, a sentence each. */
function offences(
  { path, helpers = {} }: Folder,
  entries: readonly string[],
  things: readonly Thing[],
  listed: { readonly files: readonly string[]; readonly ids: readonly string[] },
): string[] {
  const found: string[] = [];
  for (const { file, ids } of things) {
    const id = file.replace(/\.ts$/, '');
    if (!listed.files.includes(file)) found.push(`${path}/${file}: is missing in ${path}/all.ts; add a line`);
    if (ids.length === 0) found.push(`${path}/${file}: defines nothing with an id; move it to a sub-folder`);
    for (const other of ids) {
      if (other !== id) found.push(`${path}/${file}: defines ${other}; the id is the file name, ${id}`);
    }
    if (!listed.ids.includes(id)) found.push(`${path}/${file}: all.ts lists nothing called ${id}`);
  }
  for (const id of listed.ids) {
    if (!things.some(({ file }) => file === `${id}.ts`))
      found.push(`${path}/all.ts: lists ${id}, which has no file of that name`);
  }
  for (const id of listed.ids.filter((each, i) => listed.ids.indexOf(each) !== i))
    found.push(`${path}/all.ts: lists ${id} twice`);
  for (const file of [...things.map((thing) => thing.file), ...Object.keys(helpers)]) {
    const beside = file.replace(/\.ts$/, '.test.ts');
    if (!entries.includes(file)) found.push(`${path}/${file}: is gone; take it off the list of helpers`);
    const slow = file.replace(/\.ts$/, '.full.test.ts');
    if (!entries.includes(beside) && !entries.includes(slow))
      found.push(`${path}/${file}: has no test beside it; write ${beside}`);
  }
  return found;
}

/** Files that may be things of the folder: no list, no section, no test, no helper, not in a sub-folder. */
const thingFiles = ({ helpers = {} }: Folder, entries: readonly string[]): string[] =>
  entries.filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      file !== 'all.ts' &&
      file !== 'section.ts' &&
      !(file in helpers),
  );

const idsOf = (values: readonly unknown[]): string[] =>
  values.flatMap((value) => {
    const isThing = (typeof value === 'object' && value !== null) || typeof value === 'function';
    const id = isThing ? (value as { id?: unknown }).id : undefined;
    return typeof id === 'string' ? [id] : [];
  });

const load = async (path: string): Promise<unknown[]> =>
  Object.values((await import(pathToFileURL(path).href)) as Record<string, unknown>);

async function listedIn(folder: Folder): Promise<{ files: string[]; ids: string[] }> {
  const path = `${folder.path}/all.ts`;
  const files = readSource(readFileSync(path, 'utf8'))
    .imports.filter((name) => name?.startsWith('./'))
    .map((name) => name!.slice(2));
  // A list of all, beside which shorter ones of some may stand.
  const lists = (await load(path)).filter((value) => Array.isArray(value));
  return { files, ids: idsOf(lists.sort((a, b) => b.length - a.length)[0] ?? []) };
}

for (const [index, folder] of folders.entries()) {
  const isThere = index < firstFolders || existsSync(`${folder.path}/all.ts`);
  if (!isThere) continue;
  test(`${folder.path}: every file is listed, carries its own name and has a test`, async () => {
    const entries = readdirSync(folder.path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
    const things: Thing[] = [];
    for (const file of thingFiles(folder, entries)) {
      things.push({ file, ids: idsOf(await load(`${folder.path}/${file}`)) });
    }
    assert.ok(things.length > 0, `${folder.path} holds nothing`);
    assert.deepEqual(offences(folder, entries, things, await listedIn(folder)), []);
  });
}

test('planted offenders are found, each with its own sentence', () => {
  const folder: Folder = { path: 'src/models', helpers: { 'gone.ts': 'it was needed' } };
  const entries = ['all.ts', 'tree.ts', 'tree.full.test.ts', 'bush.ts', 'loose.ts', 'loose.test.ts'];
  assert.deepEqual(thingFiles(folder, entries), ['tree.ts', 'bush.ts', 'loose.ts']);
  const found = offences(
    folder,
    entries,
    [
      { file: 'tree.ts', ids: ['tree'] },
      { file: 'bush.ts', ids: ['shrub'] },
      { file: 'loose.ts', ids: [] },
    ],
    { files: ['tree.ts', 'bush.ts'], ids: ['tree', 'shrub', 'tree'] },
  );
  assert.deepEqual(found, [
    'src/models/bush.ts: defines shrub; the id is the file name, bush',
    'src/models/bush.ts: all.ts lists nothing called bush',
    'src/models/loose.ts: is missing in src/models/all.ts; add a line',
    'src/models/loose.ts: defines nothing with an id; move it to a sub-folder',
    'src/models/loose.ts: all.ts lists nothing called loose',
    'src/models/all.ts: lists shrub, which has no file of that name',
    'src/models/all.ts: lists tree twice',
    'src/models/bush.ts: has no test beside it; write bush.test.ts',
    'src/models/gone.ts: is gone; take it off the list of helpers',
    'src/models/gone.ts: has no test beside it; write gone.test.ts',
  ]);
});
