/** Training and the registry together: what is trained becomes a version, and the gate knows the champion. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { newTrainedPlace } from './testing/holdfast.ts';

interface Trained {
  model: { file: string; label: string };
  registered: { name: string; version: number } | null;
  gate: {
    passed: boolean;
    checks: { name: string; passed: boolean; value: number | null; reason: string }[];
  };
  findings: { code: string; message: string }[];
}

test('train: with a registry that cannot be opened the model is kept, and the note says what to do', async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const file = place.path('.holdfast/holdfast.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  writeFileSync(file, 'A'.repeat(9000));
  const ended = await place.runHere('train', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  const { model, registered, findings } = ended.json<Trained>();
  assert.equal(registered, null);
  assert.ok(existsSync(model.file));
  const note = findings.find(({ code }) => code === 'model.unregistered')!;
  assert.ok(note.message.includes('[store.damaged]'), note.message);
  assert.ok(note.message.endsWith(`then run holdfast models register ${model.label}`), note.message);
  rmSync(file);
  const repaired = await place.runHere('models', 'register', model.label);
  assert.match(repaired.stdout, /^Registered as customers@1 /);
});

test('train: a gate that needs the champion is refused before the work when the registry cannot be opened', async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(place.path('holdfast.yaml'), yaml.replace('gate:\n', 'gate:\n  mustBeatChampion: true\n'));
  const file = place.path('.holdfast/holdfast.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  mkdirSync(file);
  const ended = await place.runHere('train');
  assert.equal(ended.exit, 1);
  assert.match(ended.stderr, /\[store\.\w+\]$/m);
  assert.doesNotMatch(ended.stderr, /Comparing candidates/);
});

test('train: the gate compares with the champion on customers that it has not seen, and evaluate does so too', async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  const strict = yaml.replace('gate:\n', 'gate:\n  mustBeatChampion: true\n');
  writeFileSync(place.path('holdfast.yaml'), strict);
  const championCheck = ({ gate }: Trained) => gate.checks.find(({ name }) => name === 'mustBeatChampion')!;
  const first = (await place.runHere('train', '--json')).json<Trained>();
  assert.match(championCheck(first).reason, /there is no model in use/);
  assert.equal((await place.runHere('models', 'promote', 'customers@1')).exit, 0);
  const same = (await place.runHere('train', '--json')).json<Trained>();
  assert.deepEqual([championCheck(same).passed, championCheck(same).value], [true, 0]);
  assert.match(championCheck(same).reason, /at least 0\.000 with 95% confidence/);
  // Drawn anew, the hold-out holds customers that the champion has learned from.
  const drawn = (await place.runHere('train', '--seed', '7', '--json')).json<Trained>();
  assert.equal(championCheck(drawn).passed, false);
  assert.match(
    championCheck(drawn).reason,
    /^not comparable with the model in use: it has learned from \d+ of the 45 hold-out customers/,
  );
  const prior = strict.replace(/ {4}logistic-regression: .*\n/, '').replace('chance: true', 'chance: false');
  writeFileSync(place.path('holdfast.yaml'), prior);
  const ended = await place.runHere('train', '--json');
  assert.equal(ended.exit, 3);
  const worse = ended.json<Trained>();
  assert.ok(championCheck(worse).value! < -0.005, championCheck(worse).reason);
  const evaluated = await place.runHere('evaluate', worse.model.label, 'customers.csv', '--json');
  assert.equal(championCheck(evaluated.json<Trained>()).value, championCheck(worse).value);
  const itself = await place.runHere('evaluate', 'champion', 'customers.csv', '--json');
  assert.equal(itself.exit, 0, itself.stderr);
});

test('train: registry.fourEyes of the project travels with the version, and a later file does not loosen it', async () => {
  const { place } = await newTrainedPlace();
  using _ = place;
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(place.path('holdfast.yaml'), `${yaml}\nregistry: { fourEyes: true }\n`);
  assert.equal((await place.runHere('train')).exit, 0);
  writeFileSync(place.path('holdfast.yaml'), yaml);
  const refused = await place.runHere('models', 'promote', 'customers@2');
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /nobody but cli:\S+, who registered it, has approved it; let another person/);
  assert.equal((await place.runHere('models', 'promote', 'customers@1')).exit, 0);
});
