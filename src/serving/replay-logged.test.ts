import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleContract, exampleModel, examplePorts } from '../tasks/testing/example-task.ts';
import type { LoggedRow } from './log/find-logged.ts';
import { replayLogged } from './replay-logged.ts';

/** P(churn) of the example model is 1 / (1 + tenure). */
const row = (own: Partial<LoggedRow> = {}): LoggedRow => ({
  ...{ requestId: 'r', index: 0, at: 1, source: 'api', slot: 'live', modelId: 'm', modelLabel: 'l' },
  score: 1 / 4,
  input: '{"tenure":3,"plan":"gold"}',
  ...own,
});

const replay = async (rows: readonly LoggedRow[], model = exampleModel()) => {
  let loads = 0;
  const replayed = await replayLogged(rows, {
    catalogue: examplePorts.catalogue,
    load: async (id) => {
      loads++;
      return id === 'm' ? model : null;
    },
  });
  return { loads, told: replayed.map(({ outcome, again, reason }) => ({ outcome, again, reason })) };
};

test('replay: the same bits are equal, one bit more is different, and the model is loaded once', async () => {
  const bits = new Float64Array([1 / 4]);
  new BigInt64Array(bits.buffer)[0]! += 1n;
  const { told, loads } = await replay([row(), row({ score: bits[0]! }), row({ input: '{"tenure":4}' })]);
  assert.deepEqual(
    told.map(({ outcome, again }) => [outcome, again]),
    [
      ['equal', 1 / 4],
      ['different', 1 / 4],
      ['different', 1 / 5],
    ],
  );
  assert.equal(loads, 1);
});

test('replay: what is no longer in the log, a model that is gone and a row without a score are impossible', async () => {
  const { told } = await replay([row({ input: null }), row({ modelId: 'gone' }), row({ score: null })]);
  assert.deepEqual(
    told.map(({ outcome }) => outcome),
    ['impossible', 'impossible', 'impossible'],
  );
  assert.match(told[0]!.reason!, /no longer in the log/);
  assert.match(told[1]!.reason!, /neither registered nor kept/);
});

test('replay: a model whose contract keeps a column out of the log says which', async () => {
  const contract = {
    ...exampleContract,
    columns: {
      ...exampleContract.columns,
      tenure: { ...exampleContract.columns.tenure!, log: 'never' as const },
    },
  };
  const { told } = await replay([row({ input: '{"plan":"gold"}' })], exampleModel(contract));
  assert.equal(told[0]!.outcome, 'impossible');
  assert.match(told[0]!.reason!, /keeps tenure out of the log \(log: never\)/);
});
