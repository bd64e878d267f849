import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { after, before, test } from 'node:test';
import { openWholeDatabase } from '../../database.ts';
import { readHistory } from '../../store/history.ts';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(() => {
  place = newPlace();
});
after(() => place[Symbol.dispose]());

const keyText = /^hf_[0-9a-f]{12}_[\w-]{43}\n$/;

test('keys create: standard output is the key and nothing else; what it may do is told beside', async () => {
  const ended = await place.run('keys', 'create', 'shop', '--scope', 'read,score');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, keyText);
  assert.match(ended.stderr, /^Key shop \([0-9a-f]{12}\) may score, read, until it is revoked\.$/m);
  assert.doesNotMatch(ended.stderr, /hf_/);
  const quiet = await place.runHere('keys', 'create', 'quiet', '--scope', 'admin', '--quiet');
  assert.match(quiet.stdout, keyText);
  assert.equal(quiet.stderr, '');
});

test('keys create: the secret is in no file of the workspace, and the history names who made the key', async () => {
  const ended = await place.runHere('keys', 'create', 'nightly', '--scope', 'score', '--json');
  const { key, id, name, scopes, expiresAt } = ended.json<Record<string, string>>();
  assert.deepEqual([name, scopes, expiresAt], ['nightly', ['score'], null]);
  const secret = key!.split('_').slice(2).join('_');
  const folder = place.path('.holdfast');
  for (const file of readdirSync(folder)) {
    if (!file.startsWith('holdfast.db')) continue;
    assert.equal(readFileSync(`${folder}/${file}`).includes(secret), false, file);
  }
  const database = await openWholeDatabase(folder, {});
  const entry = (await readHistory(database, { subject: `key:${id}` })).at(-1)!;
  await database.close();
  assert.deepEqual([entry.event, entry.actor], ['key.created', `cli:${userInfo().username}`]);
});

test('keys create: --expires takes days from now and the beginning of a day, UTC', async () => {
  const until = async (name: string, when: string) => {
    const ended = await place.runHere('keys', 'create', name, '--scope', 'read', '--expires', when, '--json');
    assert.equal(ended.exit, 0, ended.stderr);
    const made = ended.json<{ createdAt: string; expiresAt: string }>();
    return { ...made, days: (Date.parse(made.expiresAt) - Date.parse(made.createdAt)) / 86_400_000 };
  };
  assert.equal((await until('for-days', '90d')).days, 90);
  assert.equal((await until('until-day', '2099-12-31')).expiresAt, '2099-12-31T00:00:00.000Z');
});

test('keys list and revoke: a table of states; a revoked key keeps its name and is told so again', async () => {
  const revoked = await place.runHere('keys', 'revoke', 'shop');
  assert.equal(revoked.exit, 0, revoked.stderr);
  assert.match(
    revoked.stdout,
    /^Key shop \([0-9a-f]{12}\) is revoked since \d{4}-\d\d-\d\d \d\d:\d\d UTC; its name stays taken\.\n$/,
  );
  const listed = await place.runHere('keys', 'list');
  const lines = listed.stdout.trimEnd().split('\n');
  assert.match(lines[0]!, /^ {2}name +id +may +created \(UTC\) +expires \(UTC\) +state$/);
  assert.match(lines.find((line) => line.includes(' shop '))!, / score, read .* never +revoked \d{4}-/);
  assert.match(lines.find((line) => line.includes(' for-days '))!, / read .* active$/);
  const { keys } = (await place.runHere('keys', 'list', '--json')).json<{
    keys: { name: string; state: string }[];
  }>();
  assert.equal(keys.find(({ name }) => name === 'shop')!.state, 'revoked');
  assert.doesNotMatch(JSON.stringify(keys), /hf_|hash/);
  const again = await place.runHere('keys', 'create', 'shop', '--scope', 'score');
  assert.equal(again.exit, 3);
  assert.match(again.stderr, /\[store\.conflict\]\n$/);
});

test('keys list: without a key it says what that means', async () => {
  using bare = newPlace();
  const ended = await bare.runHere('keys', 'list');
  assert.match(ended.stdout, /^No keys yet\. Without one the server answers on this machine only/);
});

const create = ['keys', 'create'];
const refusals: readonly (readonly [readonly string[], number, RegExp])[] = [
  [[...create, 'x'], 2, /--scope is missing; .*score, read, operate, approve, admin/],
  [[...create, 'x', '--scope', 'scor'], 2, /got scor; did you mean score\?/],
  [[...create, 'x', '--scope', 'score,'], 2, /--scope must be of .*, got nothing/],
  [[...create, 'X y', '--scope', 'score'], 2, /keys: name must be lower-case letters/],
  [[...create, 'x', '--scope', 'score', '--expires', '0d'], 2, /--expires must be days from now/],
  [[...create, 'x', '--scope', 'score', '--expires', '99999d'], 2, /1d to 36500d/],
  [[...create, 'x', '--scope', 'score', '--expires', '2020-01-01'], 2, /a day to come such as/],
  [[...create, 'x', '--scope', 'score', '--expires', '2099-02-30'], 2, /got 2099-02-30/],
  [[...create, 'x', '--scope', 'score', '--expires', 'soon'], 2, /got soon/],
  [[...create, '--scope', 'score'], 2, /<name> is missing/],
  [['keys', 'revoke', 'nobody'], 1, /no key is named nobody; see holdfast keys list \[key\.not-found\]/],
  [['keys', 'remove', 'x'], 2, /remove is no command/],
  [['keys'], 2, /create, list, revoke/],
];
for (const [words, exit, sentence] of refusals) {
  test(`${words.join(' ')}: refused in a sentence, and no key is made`, async () => {
    const ended = await place.runHere(...words);
    assert.equal(ended.exit, exit, ended.stderr);
    assert.match(ended.stderr, sentence);
    assert.equal(ended.stdout, '');
    const { keys } = (await place.runHere('keys', 'list', '--json')).json<{ keys: { name: string }[] }>();
    assert.ok(!keys.some(({ name }) => name === 'x'));
  });
}
