import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { UnavailableError } from '../base/errors.ts';
import { rejectedName } from './rejected-file.ts';
import { scoreFile } from './score.ts';
import {
  exampleContract,
  exampleModel,
  examplePorts,
  newTaskPlace,
  type TaskPlace,
} from './testing/example-task.ts';

let place: TaskPlace;
before(() => {
  place = newTaskPlace();
});
after(() => place[Symbol.dispose]());

const score = (lines: readonly string[], model = exampleModel()) =>
  scoreFile(
    { model, input: place.file('in.csv', lines), output: place.path('out.csv'), reasons: 0 },
    examplePorts,
  );
const result = (): string[] => readFileSync(place.path('out.csv'), 'utf8').trimEnd().split('\n');

test('score: probability, decision at the threshold, band, in the order of the file', async () => {
  const summary = await score([
    'plan,tenure,customer',
    'gold,1,ann',
    'basic,1.5,bob',
    'gold,4,cid',
    'basic,9,"d,e"',
  ]);
  assert.deepEqual(result(), [
    'customer,churnProbability,churn,band,certainty',
    'ann,0.5,true,high,sure',
    'bob,0.4,true,high,sure',
    'cid,0.2,false,medium,sure',
    '"d,e",0.1,false,low,sure',
  ]);
  assert.deepEqual([summary.rows, summary.scored, summary.rejected, summary.called], [4, 4, 0, 2]);
  assert.equal(summary.rejectedFile, null);
});

test('score: certainty by the limits of the model, unsure where both outcomes or neither are likely', async () => {
  const model = exampleModel();
  const certainties = async (stay: number, churn: number): Promise<string[]> => {
    const conformal = { coverage: 0.9, stay, churn, rows: 100 };
    const limited = { ...model, manifest: { ...model.manifest, conformal } };
    await score(
      ['plan,tenure,customer', 'gold,1,ann', 'basic,1.5,bob', 'gold,4,cid', 'basic,9,dee'],
      limited,
    );
    return result()
      .slice(1)
      .map((line) => line.split(',').at(-1)!);
  };
  assert.deepEqual(await certainties(0.4, 0.2), ['sure', 'unsure', 'unsure', 'sure']);
  assert.deepEqual(await certainties(0.1, 0.4), ['sure', 'sure', 'unsure', 'sure']);
});

test('score: missing values and unseen levels are scored and counted; columns nobody asked for are named', async () => {
  const summary = await score(['customer,tenure,plan,left,extra', 'ann,,silver,yes,1', 'bob,3,,,2']);
  assert.equal(result().length, 3);
  assert.deepEqual({ ...summary.missing }, { tenure: 1, plan: 1 });
  assert.deepEqual({ ...summary.unseen }, { plan: 1 });
  assert.deepEqual(summary.ignoredColumns, ['extra']);
  assert.deepEqual(summary.remarks, [
    'tenure: 1 row without a value, imputed',
    'plan: 1 row without a value, imputed',
    'plan: 1 row with a level that training did not see, encoded as unknown',
    'not in the contract, ignored: extra',
  ]);
});

test('score: a repeated id is scored each time, and counted', async () => {
  const summary = await score(['customer,tenure,plan', 'ann,3,gold', 'ann,4,gold', 'ann,5,gold']);
  assert.equal(result().length, 4);
  assert.deepEqual(summary.remarks, ['2 rows repeat the id of an earlier row; each is scored']);
});

test('score: broken rows go to a file of their own with row, code, column and reason; a later clean run removes it', async () => {
  const summary = await score(['customer,tenure,plan', 'ann,-1,gold', ',soon,gold', 'cid,3,gold']);
  assert.deepEqual(result().slice(1), ['cid,0.25,false,medium,sure']);
  assert.deepEqual([summary.scored, summary.rejected], [1, 2]);
  const rejected = readFileSync(place.path('out.rejected.csv'), 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    rejected.map((line) => line.split(',').slice(0, 3).join()),
    ['row,code,column', '1,below-min,tenure', '2,missing,customer', '2,unreadable,tenure'],
  );
  assert.ok(!rejected.join().includes('soon'), 'never values');
  await score(['customer,tenure,plan', 'cid,3,gold']);
  assert.ok(!existsSync(place.path('out.rejected.csv')));
});

test('score: what is said to be imputed or encoded is of rows that were scored', async () => {
  const summary = await score([
    'customer,tenure,plan',
    'ann,,silver',
    'bob,-1,',
    'cid,-2,bronze',
    'dan,3,gold',
  ]);
  assert.deepEqual([summary.scored, summary.rejected], [2, 2]);
  assert.deepEqual(
    summary.remarks.filter((remark) => /tenure|plan/.test(remark)),
    [
      'tenure: 1 row without a value, imputed',
      'plan: 1 row with a level that training did not see, encoded as unknown',
    ],
  );
});

test('score: without an id customers are numbered as they stand in the file', async () => {
  const { id: _id, ...contract } = exampleContract;
  await score(['tenure,plan', '1,gold', '-1,gold', '3,gold'], exampleModel(contract));
  assert.deepEqual(
    result().map((line) => line.split(',')[0]),
    ['row', '1', '3'],
  );
});

test('score: stopped work leaves the earlier result as it was', async () => {
  await score(['customer,tenure,plan', 'ann,1,gold']);
  const earlier = result();
  const reason = new UnavailableError('work.stopped', 'stopped');
  const ports = { ...examplePorts, signal: AbortSignal.abort(reason) };
  const input = place.file('other.csv', ['customer,tenure,plan', 'bob,2,gold']);
  const request = { model: exampleModel(), input, output: place.path('out.csv'), reasons: 0 };
  await assert.rejects(scoreFile(request, ports), reason);
  assert.deepEqual(result(), earlier);
});

test('rejected rows: the name of their file follows from the result', () => {
  for (const [output, rejected] of [
    ['scored.csv', 'scored.rejected.csv'],
    ['a.b/scored.parquet', 'a.b/scored.parquet.rejected.csv'],
    ['a.b/scored', 'a.b/scored.rejected.csv'],
    ['scored.2024.csv', 'scored.2024.rejected.csv'],
  ] as const)
    assert.equal(rejectedName(output), rejected);
});
