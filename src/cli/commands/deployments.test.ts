import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openWholeDatabase } from '../../database.ts';
import { registerExample } from '../../registry/testing/registered.ts';
import { getVersion } from '../../registry/versions.ts';
import { openFolderArtifacts } from '../../store/artifacts/folder-artifacts.ts';
import { priorExample } from '../../store/testing/example-model.ts';
import { cliActor } from '../actor.ts';
import { type Ended, newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
/** Versions 1 to 3 passed their gate, 4 was refused; 1 is champion. */
before(async () => {
  place = newPlace();
  mkdirSync(place.path('.holdfast'));
  const database = await openWholeDatabase(place.path('.holdfast'), {});
  const artifacts = openFolderArtifacts(place.path('.holdfast/artifacts'));
  for (const passed of [true, true, true, false])
    await registerExample(database, artifacts, { passed, model: priorExample });
  await database.close();
  assert.equal((await place.runHere('models', 'promote', 'telco@1')).exit, 0);
});
after(() => place[Symbol.dispose]());

const deployments = (...words: string[]): Promise<Ended> => place.runHere('deployments', ...words);

interface State {
  readonly name: string;
  readonly champion: { readonly version: number; readonly since: string } | null;
  readonly canary: { readonly version: number; readonly weight: number } | null;
  readonly shadow: { readonly version: number } | null;
  readonly limits: Record<string, number>;
}
const slots = ({ champion, canary, shadow }: State) => [
  champion?.version ?? null,
  canary && [canary.version, canary.weight],
  shadow?.version ?? null,
];
const stateOf = async (...words: string[]): Promise<State> => {
  const ended = await deployments(...words, '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  return ended.json<State>();
};

test('deployments: canary, more of it, champion, and back in one command; each tells the new state', async () => {
  const canary = await deployments('canary', 'telco@2', '--weight', '10%', '--p95', '80', '--note', 'March');
  assert.match(
    canary.stdout,
    /^telco@2 answers 10\.0% of the customers, telco@1 the others\.\nLook with: .*\nEnd it with: holdfast deployments stop canary telco$/m,
  );
  const heavier = await stateOf('weight', '0.25');
  assert.deepEqual(slots(heavier), [1, [2, 0.25], null]);
  assert.deepEqual([heavier.limits.p95Ms, heavier.limits.errorRate], [80, 0.02]);
  const promoted = await deployments('promote', '--note', 'a week as canary');
  assert.match(
    promoted.stdout,
    /^telco@2 is champion now and answers all, telco@1 was before\.\nBack with: holdfast deployments rollback telco$/m,
  );
  assert.equal((await deployments('promote')).exit, 3, 'no canary is left');
  const back = await deployments('rollback', 'telco');
  assert.equal(back.stdout, 'telco@1 is champion again, telco@2 is archived.\n');
  const { deployments: all } = (await deployments('show', '--json')).json<{ deployments: State[] }>();
  assert.deepEqual(all.map(slots), [[1, null, null]], 'who was canary before is none again');
  const told = await deployments('history', 'telco');
  for (const words of [
    /deployment|telco +canary version 2 with 10\.0%, other limits: March$/m,
    /canary version 2 with 25\.0%$/m,
    /telco@2 +promoted, after version 1: a week as canary$/m,
    /canary version 2 ended: the champion moved$/m,
    /telco@1 +rolled back to, after version 2$/m,
  ])
    assert.match(told.stdout, words);
  assert.doesNotMatch(told.stdout, /points here/);
});

test('deployments: a shadow stands beside the champion until it is stopped; stopping what is not there says so', async () => {
  assert.deepEqual(slots(await stateOf('shadow', 'telco@4')), [1, null, 4], 'a refused version may be one');
  const shown = await deployments('show');
  assert.match(shown.stdout, /^telco, champion since 20\d\d-.* UTC$/m);
  assert.match(shown.stdout, /^ {2}champion +telco@1 +\S+ +100\.0% +0$/m);
  assert.match(shown.stdout, /^ {2}shadow +telco@4 +\S+ +none +0$/m);
  assert.match(shown.stdout, new RegExp(`^Changed .* UTC by ${cliActor()}$`, 'm'));
  assert.equal((await deployments('stop', 'shadow')).stdout, 'telco@4 is shadow no longer.\n');
  assert.equal((await deployments('stop', 'shadow')).stdout, 'telco has no shadow; nothing was changed.\n');
});

test('deployments limits: those given change, the others stay', async () => {
  const { limits } = await stateOf('limits', '--error-rate', '1%', '--window', '300');
  assert.deepEqual(limits, {
    ...{ windowSeconds: 300, atLeast: 100, errorRate: 0.01, p95Ms: 80, scoreShift: 0.25 },
  });
});

test('deployments: what can not be done is refused with the way out, and changes nothing', async () => {
  const before = await stateOf('limits', '--at-least', '50');
  for (const [words, exit, sentence] of [
    [['canary', 'telco@2'], 2, /--weight is missing.*--weight 10%.*\[usage\.argument\]$/m],
    [['canary', 'telco@2', '--weight', '10'], 2, /such as 10% or 0\.1/],
    [['canary', 'telco@2', '--weight', '100%'], 2, /below 1, got 1; promote it/],
    [
      ['canary', 'telco@1', '--weight', '10%'],
      3,
      /telco@1: it is the champion.*\[deployment\.is-champion\]$/m,
    ],
    [
      ['canary', 'telco@4', '--weight', '10%'],
      3,
      /its gate refused it; run it as a shadow.*\[registry\.refused\]$/m,
    ],
    [['canary', 'telco@9', '--weight', '10%'], 1, /no such version.*\[model\.not-found\]$/m],
    [['shadow', 'telco@1'], 3, /\[deployment\.is-champion\]$/m],
    [['weight', '20%'], 3, /it has no canary; start one.*\[deployment\.empty\]$/m],
    [['promote'], 3, /it has no canary.*\[deployment\.empty\]$/m],
    [['stop', 'champion'], 2, /must be canary or shadow, got champion/],
    [['limits'], 2, /give one at least of --error-rate/],
    [['limits', 'telko', '--p95', '5'], 1, /did you mean telco\?.*\[model\.not-found\]$/m],
    [['show', 'telko'], 1, /did you mean telco\?/],
    [['history', 'telko'], 1, /did you mean telco\?/],
    [['rollback'], 3, /\[registry\.nothing-before\]$/m],
  ] as const) {
    const ended = await deployments(...words);
    assert.equal(ended.exit, exit, `${words.join(' ')}: ${ended.stderr}`);
    assert.match(ended.stderr, sentence, words.join(' '));
  }
  assert.deepEqual(await stateOf('limits', '--at-least', '50'), before);
});

test('deployments: HOLDFAST_FOUR_EYES holds a canary until another person has approved it', async () => {
  const env = { HOLDFAST_FOUR_EYES: 'true' };
  const canary = () =>
    place.runHereWith({ env }, 'deployments', 'canary', 'telco@3', '--weight', '5%', '--json');
  const refused = await canary();
  assert.equal(refused.exit, 3);
  assert.match(refused.stderr, /let another person run holdfast models approve telco@3/);
  // Anna registered it.
  assert.equal((await place.runHere('models', 'approve', 'telco@3', '--note', 'read')).exit, 0);
  assert.deepEqual(slots((await canary()).json<State>()), [1, [3, 0.05], null]);
});

test('deployments: a version whose file is lost takes no place by any command, and nothing changes', async () => {
  const before = (await deployments('show', '--json')).stdout;
  const database = await openWholeDatabase(place.path('.holdfast'), {});
  const { fileSha256 } = await getVersion(database, { name: 'telco', version: 2 });
  await database.close();
  const artifacts = openFolderArtifacts(place.path('.holdfast/artifacts'));
  const bytes = await artifacts.read(fileSha256);
  await artifacts.remove(fileSha256);
  for (const words of [
    ['deployments', 'canary', 'telco@2', '--weight', '10%'],
    ['deployments', 'shadow', 'telco@2'],
    ['models', 'promote', 'telco@2'],
    ['models', 'alias', 'champion', 'telco@2'],
  ]) {
    const ended = await place.runHere(...words);
    assert.equal(ended.exit, 3, words.join(' '));
    assert.match(ended.stderr, /telco@2: its model cannot be opened .*\[deployment\.unusable\]$/m);
  }
  assert.equal((await deployments('show', '--json')).stdout, before);
  await artifacts.put(bytes);
});

test('deployments: the alias champion ends the canary that it makes champion', async () => {
  await stateOf('canary', 'telco@2', '--weight', '10%');
  assert.equal((await place.runHere('models', 'alias', 'champion', 'telco@2')).exit, 0);
  const { deployments: all } = (await deployments('show', '--json')).json<{ deployments: State[] }>();
  assert.deepEqual(all.map(slots), [[2, null, null]]);
});

test('deployments: without a registry that is told, and nothing is made', async () => {
  using bare = newPlace();
  assert.match((await bare.runHere('deployments', 'show')).stderr, /\[model\.not-found\]$/m);
});
