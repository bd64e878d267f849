import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { cliActor } from '../actor.ts';
import { type Ended, newPlace, newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
/** Versions 1 and 2 passed their gate, 3 was refused. */
before(async () => {
  ({ place } = await newTrainedPlace());
  assert.equal((await place.runHere('train', '--seed', '7')).exit, 0);
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(place.path('holdfast.yaml'), yaml.replace('gate:\n', 'gate:\n  rocAuc: 1\n'));
  assert.equal((await place.runHere('train')).exit, 3);
  writeFileSync(place.path('holdfast.yaml'), yaml);
});
after(() => place[Symbol.dispose]());

const models = (...words: string[]): Promise<Ended> => place.runHere('models', ...words);
interface VersionAnswer {
  version: {
    name: string;
    version: number;
    stage: string;
    aliases: string[];
    modelId: string;
    label: string;
  };
}

test('models list: every version with stage, aliases, gate and figures; --json has them whole', async () => {
  const listed = await place.run('models', 'list');
  assert.equal(listed.exit, 0, listed.stderr);
  assert.match(
    listed.stdout,
    /^ {2}version +stage +aliases +gate +ROC-AUC +95% interval +label +registered +by$/m,
  );
  assert.match(
    listed.stdout,
    /^ {2}customers@3 +refused +0\.\d{3} {2}0\.\d{3} to [01]\.\d{3} {2}\d{8}\.nogit\.3 /m,
  );
  const { versions } = (await models('list', '--json')).json<{ versions: Record<string, unknown>[] }>();
  assert.deepEqual(
    versions.map(({ version, passed, registeredBy }) => [version, passed, registeredBy]),
    [3, 2, 1].map((version) => [version, version < 3, cliActor()]),
  );
  assert.deepEqual(Object.keys(versions[0]!).sort(), [
    'aliases',
    'approvals',
    'author',
    'created',
    'description',
    'file',
    'fourEyes',
    'label',
    'metrics',
    'modelId',
    'name',
    'passed',
    'registered',
    'registeredBy',
    'signature',
    'stage',
    'tags',
    'version',
  ]);
  const none = await models('list', '--stage', 'Production', '--json');
  assert.deepEqual(none.json(), { versions: [] });
});

test('models: promote, use, promote another, roll back, and the history tells it all', async () => {
  const first = await models('promote', 'customers@1', '--json');
  assert.equal(first.exit, 0, first.stderr);
  const { version, before: none, forced } = first.json<VersionAnswer & { before: null; forced: boolean }>();
  assert.deepEqual(
    [version.version, version.stage, version.aliases, none, forced],
    [1, 'Production', ['champion'], null, false],
  );
  const second = await models('promote', 'latest', '--note', 'newer');
  assert.match(
    second.stdout,
    /^customers@2 is champion now, customers@1 was before\.\nBack with: holdfast models rollback customers$/m,
  );
  const scored = await place.runHere('score', 'champion', 'customers.csv', 'scored.csv', '--json');
  const byName = await place.runHere('score', 'customers@2', 'customers.csv', 'again.csv', '--json');
  assert.deepEqual([scored.exit, byName.exit], [0, 0], scored.stderr);
  assert.equal(readFileSync(place.path('again.csv'), 'utf8'), readFileSync(place.path('scored.csv'), 'utf8'));
  const back = await models('rollback', '--note', 'too many calls');
  assert.equal(back.stdout, 'customers@1 is champion again, customers@2 is archived.\n');
  assert.equal((await models('rollback')).exit, 3);
  const history = await models('history', 'customers@1');
  for (const words of [
    /registered as \d{8}\.nogit$/m,
    /promoted$/m,
    /rolled back to, after version 2: too many calls$/m,
  ])
    assert.match(history.stdout, words);
  assert.doesNotMatch(history.stdout, /customers@2/);
  const { live } = (await models('history', '--at', '2100-01-01', '--json')).json<{ live: object[] }>();
  assert.deepEqual(
    live.map((found) => ({ ...found, since: null, actor: null })),
    [{ name: 'customers', version: 1, since: null, actor: null }],
  );
  assert.match(
    (await models('history', '--at', '2100-01-01')).stdout,
    /^2100-01-01.* is still to come; as things stand now:\n +version +since/,
  );
  assert.match(
    (await models('history', 'customers', '--at', '2001-01-01')).stdout,
    /no version was champion/,
  );
});

test('models alias: set, shown, used as a reference, taken away', async () => {
  assert.equal(
    (await models('alias', 'challenger', 'customers@2')).stdout,
    'challenger points at customers@2 now.\n',
  );
  const shown = (await models('show', 'challenger', '--json')).json<VersionAnswer>();
  assert.deepEqual(shown.version.aliases, ['challenger']);
  const moved = await models('alias', 'challenger', 'customers@1');
  assert.equal(moved.stdout, 'challenger points at customers@1 now, before at customers@2.\n');
  const gone = await models('alias', 'challenger', '--remove', 'customers');
  assert.equal(gone.stdout, 'challenger is taken from customers@1.\n');
  assert.equal((await models('show', 'challenger')).exit, 1);
});

test('models: a refused version needs --force and a note; describe, stage and approve are shown', async () => {
  assert.equal((await models('approve', 'customers@3', '--note', 'looked at it')).exit, 0);
  assert.equal(
    (await models('stage', 'customers@3', 'staging')).stdout,
    'customers@3 is in stage Staging.\n',
  );
  assert.equal((await models('describe', 'customers@3', '--text', 'A\nB', '--tag', 'team=x=y')).exit, 0);
  const { stdout } = await models('show', 'customers@3');
  for (const line of [
    /^ {2}About +A \/ B$/m,
    /^ {2}Tag +team = x=y$/m,
    /^ {2}Approved +.*: looked at it$/m,
    /^ {2}Stage +Staging$/m,
  ])
    assert.match(stdout, line);
  const forced = await models('promote', 'customers@3', '--force', '--note', 'champion is down');
  assert.match(forced.stdout, /^Its gate had refused it: the history says so, with the note\.$/m);
  assert.match(
    (await models('history')).stdout,
    /promoted against its gate, after version 1: champion is down$/m,
  );
  assert.equal((await models('rollback')).exit, 0);
});

test('models: what is asked wrongly is refused by code, and changes nothing', async () => {
  const before = (await models('list', '--json')).stdout;
  for (const [words, exit, code] of [
    [['show', 'customers@9'], 1, 'model.not-found'],
    [['show', 'costumers@1'], 1, 'model.not-found'],
    [['promote', 'customers@3'], 3, 'registry.refused'],
    [['promote', 'customers@3', '--force'], 2, 'usage.argument'],
    [['approve', 'customers@1'], 2, 'usage.argument'],
    [['alias', 'latest', 'customers@1'], 2, 'usage.argument'],
    [['alias', 'champion', 'customers@3'], 3, 'registry.refused'],
    [['alias', 'canary'], 2, 'usage.argument'],
    [['alias', 'canary', 'customers@1', '--remove', 'customers'], 2, 'usage.argument'],
    [['alias', 'canary', '--remove', 'customers'], 1, 'model.not-found'],
    [['stage', 'customers@1', 'Live'], 2, 'usage.argument'],
    [['stage', 'customers@3', 'Production'], 3, 'registry.refused'],
    [['describe', 'customers@1'], 2, 'usage.argument'],
    [['describe', 'customers@1', '--tag', '=x'], 2, 'usage.argument'],
    [['list', '--stage', 'Live'], 2, 'usage.argument'],
    [['history', '--at', 'yesterday'], 2, 'usage.argument'],
    [['history', 'nobody'], 1, 'model.not-found'],
    [['register', 'nothing.holdfast'], 1, 'model.not-found'],
    [['import', 'nothing.zip'], 1, 'data.not-found'],
    [['import', '.holdfast'], 1, 'data.directory'],
    [['import', 'customers.csv'], 1, 'model.damaged'],
    [['export', 'customers@1', 'none/x.zip'], 1, 'output.unwritable'],
    [['rollback', 'nobody'], 3, 'registry.nothing-before'],
  ] as const) {
    const ended = await models(...words, '--json');
    const { error } = ended.json<{ error: { code: string; message: string } }>();
    assert.deepEqual([ended.exit, error.code], [exit, code], `${words.join(' ')}: ${error.message}`);
  }
  assert.equal((await models('list', '--json')).stdout, before);
});

test('models: four eyes of the server: own work is not approved and does not answer', async () => {
  const env = { HOLDFAST_FOUR_EYES: 'true' };
  for (const words of [
    ['approve', 'customers@2', '--note', 'mine'],
    ['promote', 'customers@2'],
    ['promote', 'customers@2', '--force', '--note', 'mine'],
  ]) {
    const ended = await place.runHereWith({ env }, 'models', ...words);
    assert.equal(ended.exit, 3, words.join(' '));
    assert.match(ended.stderr, /\[registry\.refused\]$/m);
  }
  const misspelt = await place.runHereWith(
    { env: { HOLDFAST_FOUR_EYES: 'ture' } },
    'models',
    'promote',
    'customers@2',
  );
  assert.equal(misspelt.exit, 2);
});

test('models export and import: a version goes to another workspace and scores there to the last bit', async () => {
  const exported = await models('export', 'customers@2', 'two.export', '--json');
  assert.equal(exported.exit, 0, exported.stderr);
  assert.equal(exported.json().version, 2);
  mkdirSync(place.path('other'));
  writeFileSync(place.path('other/holdfast.yaml'), '');
  const there = (...words: string[]) => place.runHereWith({ below: 'other' }, ...words);
  const imported = await there('models', 'import', '../two.export');
  assert.match(imported.stdout, /^Imported as customers@1 .*approvals, aliases and stage stay/);
  assert.match((await there('models', 'import', '../two.export')).stdout, /^Already here as customers@1/);
  assert.equal((await there('score', 'customers@1', '../customers.csv', 'scored.csv')).exit, 0);
  await place.runHere('score', 'customers@2', 'customers.csv', 'two.csv');
  assert.equal(
    readFileSync(place.path('other/scored.csv'), 'utf8'),
    readFileSync(place.path('two.csv'), 'utf8'),
  );
  const latest = await there('score', 'latest', '../customers.csv', 'latest.csv');
  assert.equal(latest.exit, 0, latest.stderr);
  assert.match((await there('models', 'history')).stdout, /imported with \d+ entries of its history$/m);
});

test('models register: a kept model once; a model of elsewhere becomes the next version', async () => {
  const again = await models('register', 'latest', '--json');
  assert.deepEqual([again.exit, again.json().isNew], [0, false]);
  using bare = newPlace();
  const file = readdirSync(place.path('.holdfast/artifacts/models')).find((name) =>
    name.endsWith('.holdfast'),
  )!;
  writeFileSync(bare.path('x.holdfast'), readFileSync(join(place.path('.holdfast/artifacts/models'), file)));
  const there = await bare.runHere('models', 'register', 'x.holdfast');
  assert.match(there.stdout, /^Registered as customers@1 /);
});

test('models: a workspace without a registry says so, and looking makes nothing', async () => {
  using bare = newPlace();
  assert.match((await bare.runHere('models', 'list')).stdout, /^No version yet: holdfast train registers/);
  for (const words of [['show', 'champion'], ['promote', 'x@1'], ['verify'], ['history'], ['rollback']])
    assert.match(
      (await bare.runHere('models', ...words)).stderr,
      /holds no model yet.*\[model\.not-found\]$/m,
    );
  const score = await bare.runHere('score', 'champion', 'x.csv', 'y.csv');
  assert.match(
    score.stderr,
    /champion: the registry of this workspace holds no model yet.*\[model\.not-found\]$/m,
  );
  assert.equal(existsSync(bare.path('.holdfast')), false);
});

// Last: it damages the place.
test('models verify and doctor: an altered file and a changed history are found; exit 3', async () => {
  assert.equal((await models('verify')).exit, 0);
  const { versions } = (await models('list', '--json')).json<{
    versions: { version: number; file: { sha256: string } }[];
  }>();
  const { sha256 } = versions.find(({ version }) => version === 2)!.file;
  const blob = place.path(`.holdfast/artifacts/blobs/${sha256.slice(0, 2)}/${sha256}`);
  appendFileSync(blob, '!');
  const verified = await models('verify', '--json');
  assert.equal(verified.exit, 3);
  const found = verified.json<{ versions: { version: number; ok: boolean; code: string }[] }>();
  assert.deepEqual(
    found.versions.filter(({ ok }) => !ok).map(({ version, code }) => [version, code]),
    [[2, 'artifact.damaged']],
  );
  assert.match(
    (await place.runHere('score', 'customers@2', 'customers.csv', 'x.csv')).stderr,
    /\[artifact\.damaged\]/,
  );
  const doctor = await place.runHere('doctor');
  assert.equal(doctor.exit, 3);
  assert.match(doctor.stdout, /^ {2}NO {3}version customers@2: .*\[artifact\.damaged\]$/m);
  assert.match(doctor.stdout, /^ {2}yes {2}outbox: 0 messages waiting$/m);
  rmSync(blob);
  assert.match((await models('verify', 'customers@2')).stdout, /\[artifact\.not-found\]$/m);
  const database = new DatabaseSync(place.path('.holdfast/holdfast.db'));
  database.exec("update history set actor = 'nobody' where position = 2");
  database.close();
  assert.match(
    (await place.runHere('doctor')).stdout,
    /^ {2}NO {3}history: entry 2 does not fit the one before/m,
  );
});
