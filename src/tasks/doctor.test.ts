import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelFileError, UnavailableError } from '../base/errors.ts';
import { type DoctorPorts, examine } from './doctor.ts';
import { exampleModel } from './testing/example-task.ts';

const identity: DoctorPorts['identity'] = {
  newId: () => 'id',
  versions: { holdfast: '1.2.3', node: '26.0.0', kernel: null },
  lockHash: null,
  machine: { platform: 'linux', arch: 'x64', cpus: 1 },
};
const entry = (path: string, passed = true) => ({ path, name: 'telco', label: '20260101.nogit', passed });
const models = (more: Partial<DoctorPorts['models']> = {}): DoctorPorts['models'] => ({
  nextLabel: async () => '20260101.nogit',
  save: async () => ({ file: '', report: '' }),
  load: async () => exampleModel(),
  list: async () => [entry('a.holdfast'), entry('b.holdfast', false)],
  probe: async () => '/w/.holdfast',
  place: async () => ({ folder: '/w/.holdfast', exists: true }),
  ...more,
});

test('doctor: installation, data engine, workspace and models, each with a word', async () => {
  const { healthy, checks } = await examine({ identity, models: models() });
  assert.equal(healthy, true);
  assert.deepEqual(
    checks.map(({ name, detail }) => [name, detail]),
    [
      ['holdfast', '1.2.3 on Node 26.0.0, linux x64, 1 core'],
      ['data engine', 'answers'],
      ['workspace', '/w/.holdfast'],
      ['model telco 20260101.nogit', 'whole, golden scores reproduced'],
      ['model telco 20260101.nogit', 'whole, golden scores reproduced; refused by its gate'],
    ],
  );
});

test('doctor: what is wrong is told with its code, and the rest is still looked at', async () => {
  const { healthy, checks } = await examine({
    identity,
    models: models({
      probe: () => Promise.reject(new UnavailableError('workspace.unwritable', 'disk is full')),
      load: (path) =>
        path === 'a.holdfast'
          ? Promise.reject(new ModelFileError('model.damaged', 'a.holdfast: is empty'))
          : Promise.resolve(exampleModel()),
    }),
  });
  assert.equal(healthy, false);
  assert.deepEqual(
    checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    ['disk is full [workspace.unwritable]', 'a.holdfast: is empty [model.damaged]'],
  );
  assert.equal(checks.length, 5);
});

test('doctor: before the first model there is no workspace to try, and nothing is made', async () => {
  const { healthy, checks } = await examine({
    identity,
    models: models({
      list: async () => [],
      place: async () => ({ folder: '/w/.holdfast', exists: false }),
      probe: () => Promise.reject(new TypeError('was tried')),
    }),
  });
  assert.equal(healthy, true);
  assert.deepEqual(
    checks.slice(2).map(({ name, detail }) => [name, detail]),
    [
      ['workspace', '/w/.holdfast, made when the first model is saved'],
      ['models', 'none yet; run holdfast train to make one'],
    ],
  );
});

test('doctor: a defect is no finding', async () => {
  const load = () => Promise.reject(new TypeError('lost'));
  await assert.rejects(examine({ identity, models: models({ load }) }), TypeError);
});
