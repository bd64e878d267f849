import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

interface Answer {
  readonly customer: { readonly id: string; readonly row: number };
  readonly churnProbability: number;
  readonly attribution: {
    readonly link: string;
    readonly base: number;
    readonly columns: readonly { readonly contribution: number }[];
  };
  readonly counterfactuals: object | null;
}

test('explain: bars from the average customer to this one, reasons in words, by id in the own source', async () => {
  const ended = await place.run('explain', 'latest', 'C000003');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(
    ended.stdout,
    /^C000003: \d+\.\d% churn probability, (?:not )?called churn \(threshold \d+\.\d%, band \w+/,
  );
  const lines = ended.stdout.split('\n');
  assert.match(lines[2]!, /^ {2}average customer +\d+\.\d%$/);
  assert.ok(lines.some((line) => /[+-]\d+\.\d+ {2}[█░]+$/.test(line)));
  assert.match(
    ended.stdout,
    /SHAP values, exact, in log-odds: █ raises, ░ lowers the risk\. Associated, not caused\./,
  );
  assert.match(ended.stdout, /^In words:\n {2}.+ \((?:raises|lowers) the risk\)$/m);
  assert.equal(ended.stderr, 'Reading customers.csv\n');
});

test('explain --json: the score that score gives, and parts that add up to it', async () => {
  const ended = await place.runHere('explain', 'latest', '3', '--row', '--data', 'customers.csv', '--json');
  const answer = ended.json<Answer>();
  assert.deepEqual(answer.customer, { id: 'C000003', row: 3 });
  const { base, columns, link } = answer.attribution;
  assert.equal(link, 'logit');
  const total = columns.reduce((sum, { contribution }) => sum + contribution, base);
  assert.ok(Math.abs(total - Math.log(answer.churnProbability / (1 - answer.churnProbability))) < 1e-9);
  assert.equal((await place.runHere('score', 'latest', 'customers.csv', 'scored.csv')).exit, 0);
  const scored = readFileSync(place.path('scored.csv'), 'utf8').split('\n')[3]!;
  assert.ok(scored.startsWith(`C000003,${answer.churnProbability},`));
  assert.deepEqual((await place.runHere('explain', 'latest', 'C000003', '--json')).json(), ended.json());
});

test('explain --out: draws the contributions; --lime adds a straight line with its fit', async () => {
  const ended = await place.runHere(
    'explain',
    'latest',
    'C000001',
    '--lime',
    '--out',
    'one.svg',
    '--reasons',
    '1',
  );
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(readFileSync(place.path('one.svg'), 'utf8'), /^<svg [\s\S]*This customer/);
  assert.match(ended.stdout, /^LIME, a straight line around the customer: /m);
  assert.match(ended.stdout, /^Drawn: one\.svg$/m);
  assert.equal(ended.stdout.match(/ the risk\)$/gm)!.length, 1);
});

test('explain: --out with .html writes a page with the picture, every column and the reasons', async () => {
  const ended = await place.runHere('explain', 'latest', 'C000003', '--out', 'one.html');
  assert.equal(ended.exit, 0, ended.stderr);
  const page = readFileSync(place.path('one.html'), 'utf8');
  assert.match(page, /^<!doctype html>[\s\S]*<h1>C000003<\/h1>/);
  assert.match(page, /<svg [^>]*aria-label="Why this score/);
  const answer = (await place.runHere('explain', 'latest', 'C000003', '--json')).json<Answer>();
  assert.equal(page.match(/<th scope="row">/g)!.length, answer.attribution.columns.length);
});

test('explain: an id that is not there, a word for a row, and an output that is the table', async () => {
  const unknown = await place.runHere('explain', 'latest', 'nobody', '--json');
  assert.deepEqual(
    [unknown.exit, unknown.json<{ error: { code: string } }>().error.code],
    [1, 'explain.no-customer'],
  );
  assert.equal((await place.runHere('explain', 'latest', 'C000001', '--row')).exit, 2);
  const over = await place.runHere('explain', 'latest', 'C000001', '--out', 'customers.csv');
  assert.equal(over.exit, 2);
  assert.equal(readFileSync(place.path('customers.csv'), 'utf8').split('\n').length, 302);
});

test('explain: without the own source a table must be named', async () => {
  renameSync(place.path('customers.csv'), place.path('moved.csv'));
  const ended = await place.runHere('explain', 'latest', 'C000001');
  assert.equal(ended.exit, 1);
  assert.match(
    ended.stderr,
    /customers\.csv, which the model was trained on, is not here; name a table with --data/,
  );
  assert.equal((await place.runHere('explain', 'latest', 'C000001', '--data', 'moved.csv')).exit, 0);
  renameSync(place.path('moved.csv'), place.path('customers.csv'));
  assert.ok(existsSync(place.path('customers.csv')));
});
