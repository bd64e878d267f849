import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
let stdout: string;
let stderr: string;
before(async () => {
  ({ place, stdout, stderr } = await newTrainedPlace());
});
after(() => place[Symbol.dispose]());

test('train: tells what it does on standard error, line by line', () => {
  assert.match(
    stderr,
    /^Reading customers\.csv\n300 customers: 210 to learn from, 45 to validate on, 45 held out\nComparing candidates by roc-auc over 5 folds\n( {2}fits: .*\n)+Cross-validating .* once more, validation rows included\n( {2}fits of the winner: .*\n)+Judging .* on the hold-out\n/,
  );
  assert.doesNotMatch(stderr, /(?!\n)\p{Cc}/u, 'no redrawing without a terminal');
});

test('train: prints candidates, hold-out, threshold, gate, and where model and report are', () => {
  assert.match(stdout, /^Candidates by ROC-AUC, cross-validated, \* is chosen:\n/);
  assert.match(stdout, /^ {2}\* {2}1 {2}logistic-regression {2}l2 \d+/m);
  assert.match(
    stdout,
    /^Hold-out, 45 customers that no candidate has seen:\n {2}metric {7}value {2}95% interval$/m,
  );
  assert.match(
    stdout,
    /^Called churn from a probability of 0\.\d{3} on \(highest F1\): \d+ of the 45, among them \d+ of \d+ who left/m,
  );
  assert.match(stdout, /^Gate: passed\n {2}yes {2}ROC-AUC is at least/m);
  assert.match(stdout, /^Next {4}holdfast score customers@latest new-customers\.csv scored\.csv\n$/m);
  const [, file] = /^Model {3}customers \S+, (.*)$/m.exec(stdout)!;
  const [, report] = /^Report {2}(.*)$/m.exec(stdout)!;
  for (const path of [file!, report!]) {
    assert.match(path, /^\.holdfast\/artifacts\/models\//, 'relative to where the person is');
    assert.ok(existsSync(place.path(path)));
  }
});

test('train --seed: takes another seed, and without a word finds holdfast.yaml', async () => {
  const ended = await place.runHere('train', '--seed', '7', '--json', '--quiet');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.equal(ended.stderr, '');
  const { model, leaderboard } = ended.json<{ model: { label: string }; leaderboard: { mean: number }[] }>();
  assert.match(model.label, /\.2$/, 'the second model of the day');
  assert.ok(!stdout.includes(leaderboard[0]!.mean.toFixed(4)), 'other folds, other means');
});

test('train: a refused gate ends with 3, keeps the model, and latest stays what it was', async () => {
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(place.path('strict.yaml'), yaml.replace('chance: true', 'rocAuc: 0.999'));
  const ended = await place.runHere('train', 'strict.yaml');
  assert.equal(ended.exit, 3);
  assert.match(ended.stdout, /^Gate: refused\n {2}NO {3}ROC-AUC is 0\.\d+, at least 0\.999 required$/m);
  assert.match(ended.stdout, /is kept, but is not "latest": its gate refused it\.\n$/);
  const label = /^Model {3}customers (\S+),/m.exec(ended.stdout)![1]!;
  const latest = await place.runHere('evaluate', 'latest', 'customers.csv', '--json');
  assert.notEqual(latest.json<{ model: { label: string } }>().model.label, label);
  const named = await place.runHere('evaluate', label, 'customers.csv', '--json');
  assert.equal(named.json<{ model: { label: string } }>().model.label, label);
});

test('train: from a folder below, the workspace beside the project file is used', async () => {
  mkdirSync(place.path('below'));
  const ended = await place.runHereWith(
    { below: 'below' },
    'score',
    'latest',
    '../customers.csv',
    'scored.csv',
  );
  assert.equal(ended.exit, 0, ended.stderr);
  assert.ok(existsSync(place.path('below/scored.csv')) && !existsSync(place.path('below/.holdfast')));
});
