import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableError } from '../../base/errors.ts';
import { dataSection } from '../../data/contract.ts';
import type { ModelVersion } from '../../registry/model-version.ts';
import type { LiveModel } from '../live-model.ts';
import { rememberReplayRemarks } from './replay-remarks.ts';

const modelWith = (log: 'value' | 'never') => {
  const contract = dataSection.parse({
    source: 'customers.csv',
    target: { column: 'churned', churned: true },
    columns: { age: { kind: 'number', log } },
  });
  return { loaded: { manifest: { contract } } } as unknown as LiveModel;
};
const version = (number: number) =>
  ({ name: 'telco', version: number, modelId: `m${number}` }) as ModelVersion;

test('replay remarks: a sentence for each version that leaves columns out of the log; each model is opened once', async () => {
  const opened: string[] = [];
  const remarks = rememberReplayRemarks(async (id) => {
    opened.push(id);
    return modelWith(id === 'm2' ? 'never' : 'value');
  });
  for (let i = 0; i < 2; i++) {
    const [told, ...others] = await remarks([version(1), version(2)]);
    assert.match(told!, /^telco@2: Its scores can't be replayed from the log, which leaves out age;/);
    assert.deepEqual(others, []);
  }
  assert.deepEqual(opened, ['m1', 'm2']);
});

test('replay remarks: of a model that is lost, or a store that is away, nothing is said and it is looked at again', async () => {
  const answers = [
    () => Promise.resolve(null),
    () => Promise.reject(new UnavailableError('store.unavailable', 'artifacts: away', {})),
    () => Promise.resolve(modelWith('never')),
  ];
  const remarks = rememberReplayRemarks(() => answers.shift()!());
  const counts = [];
  for (let i = 0; i < 4; i++) counts.push((await remarks([version(1)])).length);
  assert.deepEqual(counts, [0, 0, 1, 1]);
});
