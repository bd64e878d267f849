import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../data/contract.ts';
import { replayRemark } from './replay-remark.ts';

const contract = (age: object) =>
  dataSection.parse({
    source: 'customers.csv',
    target: { column: 'churned', churned: true },
    columns: { tenure: { kind: 'number' }, age: { kind: 'number', ...age } },
  });

test('replay remark: names the columns that the log leaves out, nothing where it keeps all', () => {
  assert.equal(replayRemark(contract({})), null);
  assert.equal(replayRemark(contract({ personal: true, log: 'value' })), null);
  assert.equal(replayRemark(contract({ personal: true, use: 'segment' })), null);
  assert.equal(
    replayRemark(contract({ personal: true })),
    "Its scores can't be replayed from the log, which leaves out age; a version trained with `log: value` on it in the project file is logged whole.",
  );
});
