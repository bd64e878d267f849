import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { hashCustomer } from '../../store/erase/customer-hash.ts';
import type { Certificate } from '../../store/erase/erase-everywhere.ts';
import { newPlace, newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
  const scored = await place.runHere('score', 'latest', 'customers.csv', 'scored.csv', '--log');
  assert.equal(scored.exit, 0, scored.stderr);
});
after(() => place[Symbol.dispose]());

const idAt = (row: number): string =>
  readFileSync(place.path('customers.csv'), 'utf8').split('\n')[row]!.split(',')[0]!;
const database = (): Buffer => readFileSync(place.path('.holdfast/holdfast.db'));

test('erase: without --yes says what would go, changes nothing and ends with 3', async () => {
  const before = database();
  const ended = await place.runHere('erase', '--customer', idAt(1));
  assert.equal(ended.exit, 3);
  assert.equal(
    ended.stdout,
    [
      'This customer would be removed:',
      '        1  sets of logged values',
      '        1  predictions (the scores stay, without id and hash of values)',
      'Nothing was changed. Give --yes to do it.',
      '',
    ].join('\n'),
  );
  assert.ok(database().equals(before));
});

test('erase: removes the customer, leaves no byte in the database, and certifies it without the id', async () => {
  const id = idAt(1);
  assert.ok(database().includes(id));
  const ended = await place.runHere('erase', '--customer', id, '--yes', '--out', 'erased.json');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.ok(!database().includes(id));
  assert.ok(database().includes(idAt(2)), 'the others stay');
  assert.match(ended.stdout, /^Certificate of erasure, \S+ \S+ UTC, by cli:/);
  assert.match(ended.stdout, /^ {2}scored\.csv +1 line$/m);
  assert.match(ended.stdout, /^ {2}customers\.csv +1 line$/m);
  const text = readFileSync(place.path('erased.json'), 'utf8');
  assert.ok(!`${text}${ended.stdout}${ended.stderr}`.includes(id));
  const certificate = JSON.parse(text) as Certificate;
  assert.equal(certificate.found, true);
  assert.equal(hashCustomer(id, certificate.customer.salt).hash, certificate.customer.hash);
  assert.deepEqual(
    certificate.places.filter(({ rows }) => rows > 0).map(({ id: where }) => where),
    ['prediction-values', 'predictions'],
  );
});

test('erase: an id that nobody has is certified as not found', async () => {
  const looked = await place.runHere('erase', '--customer', 'nobody');
  assert.deepEqual(
    [looked.exit, looked.stdout],
    [0, 'Nothing found: no row of the database names this customer.\n'],
  );
  const ended = await place.runHere('erase', '--customer', 'nobody', '--yes', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.equal(ended.json<{ found: boolean }>().found, false);
});

test('erase: --older-than removes ids and values of what is older, and nothing younger', async () => {
  const young = await place.runHere('erase', '--older-than', '1d', '--yes', '--json');
  assert.deepEqual([young.exit, young.json().values, young.json().ids], [0, 0, 0]);
  const looked = await place.runHere('erase', '--older-than', '1d');
  assert.deepEqual(
    [looked.exit, looked.stdout],
    [0, '0 predictions older than 1 day with an id or values.\n'],
  );
});

test('erase: wrong words are refused before anything is opened', async () => {
  using empty = newPlace();
  for (const words of [
    [],
    ['--customer', 'a', '--older-than', '1d'],
    ['--customer', ''],
    ['--older-than', '0d'],
    ['--older-than', 'soon', '--yes'],
  ]) {
    const ended = await empty.runHere('erase', ...words);
    assert.equal(ended.exit, 2, words.join(' '));
    assert.match(ended.stderr, /\[usage\.argument\]/);
  }
  assert.equal((await empty.runHere('erase', '--customer', 'a')).exit, 0);
  assert.ok(!existsSync(empty.path('.holdfast')), 'looking makes no workspace');
});
