/** What is tried and fails is sent back, or never begins to answer: over real HTTP, with models that are really so. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promote } from '../registry/promote.ts';
import { registerVersion } from '../registry/register.ts';
import { getVersion, listVersions } from '../registry/versions.ts';
import { changeDeployment, currentDeployment } from '../serving/deployments/deployment.ts';
import { watchLimits } from '../serving/deployments/judge-slot.ts';
import { readHistory, verifyHistory } from '../store/history.ts';
import { decodeModelFile, encodeModelFile } from '../store/model-file.ts';
import { type Answered, by, name, patient } from './testing/deployed-server.ts';
import { deployedHere } from './testing/served-here.ts';
import { until } from './testing/until.ts';

const server = deployedHere();

test('a canary that is too slow is sent back by itself, and the history says why', async () => {
  const limits = watchLimits.parse({ atLeast: 10, p95Ms: 0.01 });
  await changeDeployment(server().database, name, { canary: { version: 2, share: 0.5 }, limits }, by);
  await server().askUntil(({ model }) => model.version === 2, 'the canary never answered');
  for (let i = 0; i < 1000; i++) {
    await Promise.all([...Array(20).keys()].map((i) => server().ask(i)));
    if ((await currentDeployment(server().database, name)).canary === null) break;
    await pause(20);
  }
  const { canary, actor, note } = await currentDeployment(server().database, name);
  assert.deepEqual([canary, actor], [null, 'holdfast:watch']);
  assert.match(note!, /^sent back by itself: 95th percentile \d+ ms, at most 0\.01 ms allowed$/);
  const last = (await readHistory(server().database, { subject: `deployment:${name}` })).at(-1)!;
  assert.equal(last.actor, 'holdfast:watch');
  assert.equal((await verifyHistory(server().database)).brokenAt, null);
  for (let i = 0; i < 20; i++) assert.equal((await server().ask(i)).model.version, 1);
});

/** Trains another version after the project file was changed; its number. */
async function trainChanged(pattern: RegExp, text: string): Promise<number> {
  const file = join(server().workspace.folder, 'holdfast.yaml');
  const before = readFileSync(file, 'utf8');
  assert.match(before, pattern);
  writeFileSync(file, before.replace(pattern, text));
  await server().workspace.train(42);
  writeFileSync(file, before);
  return (await listVersions(server().database, { name }))[0]!.version;
}

/** Starts a canary of half the customers and asks until it is sent back; milliseconds that took. */
async function untilSentBack(version: number, change: object, given: (answer: Answered) => void) {
  const limits = { ...patient, scoreShift: 0.25, windowSeconds: 60 };
  await server().deployed('POST', '/canary', { version, weight: 0.5, limits });
  const began = performance.now();
  for (let i = 0; (await currentDeployment(server().database, name)).canary !== null; i += 40) {
    for (const answer of await Promise.all(Array.from({ length: 40 }, (_, j) => server().ask(i + j, change))))
      given(answer);
    assert.ok(performance.now() - began < 120_000, 'the canary was not sent back');
  }
  return performance.now() - began;
}

test('a canary whose scores are others than those of the champion is sent back by itself within its window', async () => {
  const inverted = await trainChanged(/churned: "yes"/, 'churned: "no"');
  const versions = new Set<number>();
  const ms = await untilSentBack(inverted, {}, ({ model }) => versions.add(model.version));
  assert.ok(ms < 60_000, `${ms} ms`);
  assert.deepEqual([...versions].sort(), [1, inverted]);
  const { lastReturn, changed } = await server().deployed();
  assert.deepEqual(lastReturn && { ...lastReturn, at: '', why: '' }, {
    ...{ what: 'canary', version: inverted, at: '', why: '' },
  });
  assert.match(changed!.note!, /^sent back by itself: score shift [\d.]+ \(PSI\), at most 0\.25 allowed$/);
  for (let i = 0; i < 20; i++) assert.equal((await server().ask(i)).model.version, 1);
});

test('a canary that does not take what the champion takes costs nobody an answer, and is sent back for its errors', async () => {
  const strict = await trainChanged(/(monthlyCharge: .*), nullable: true/, '$1');
  const answered: number[] = [];
  await untilSentBack(strict, { monthlyCharge: null }, ({ model }) => answered.push(model.version));
  assert.deepEqual([...new Set(answered)], [1]);
  assert.match(
    (await server().deployed()).changed!.note!,
    /^sent back by itself: error rate 100%, at most 2% allowed$/,
  );
});

test('a model whose golden scores differ gets no customer, as champion or canary; the one before goes on', async () => {
  const { app } = server().workspace;
  const registered = await getVersion(server().database, { name, version: 2 });
  const bytesOfTwo = await app.artifacts().read(registered.fileSha256);
  const two = await decodeModelFile('two', bytesOfTwo, app.catalogue);
  const [first, ...others] = two.golden.scores;
  const label = `${two.manifest.model.label.split('.', 2).join('.')}.99`;
  const manifest = { ...two.manifest, model: { ...two.manifest.model, id: randomUUID(), label } };
  const golden = { ...two.golden, scores: [first! === 0.5 ? 0.25 : 1 - first!, ...others] };
  const bytes = await encodeModelFile({ ...two, manifest, golden });
  // Registering checks the file; who wrote into database and artefacts by hand has not been checked.
  const { version } = await registerVersion(
    server().database,
    manifest,
    await app.artifacts().put(bytes),
    by,
  );
  const before = await server().deployed();
  for (const path of ['/canary', '/promote']) {
    const { status, body } = await server().post(path, {
      version: version.version,
      ...(path === '/canary' && { weight: 0.5 }),
    });
    assert.deepEqual([status, body.code], [409, 'deployment.unusable'], path);
  }
  const { champion, canary, changed } = await server().deployed();
  assert.deepEqual([champion, canary, changed], [before.champion, null, before.changed]);
  // As where its file broke after it was looked at.
  const failed = () =>
    until(async () => (await server().deployed()).here.failure === 'model.golden', 'nobody told of it');
  await changeDeployment(server().database, name, { canary: { version: version.version, share: 0.5 } }, by);
  await failed();
  assert.equal((await server().deployed()).here.canary, null);
  for (let i = 0; i < 40; i++) assert.equal((await server().ask(i)).model.version, 1);
  assert.equal((await server().deployed('DELETE', '/canary')).here.failure, null);
  await promote(server().database, version, by);
  await failed();
  const promoted = await server().deployed();
  assert.deepEqual([promoted.champion!.version, promoted.here.champion.version], [version.version, 1]);
  for (let i = 0; i < 40; i++) assert.equal((await server().ask(i)).model.version, 1);
  const back = await server().deployed('POST', '/rollback');
  assert.deepEqual([back.here.champion.version, back.here.failure], [1, null]);
});
