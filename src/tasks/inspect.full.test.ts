import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../../tools/shared-data.ts';
import { stoppedClock } from '../base/clock.ts';
import type { Finding } from '../data/inspect/definition.ts';
import { inspectData } from './inspect.ts';
import { proposeContract } from './propose-contract.ts';
import { workingPorts } from './testing/working-ports.ts';

const ports = workingPorts(stoppedClock(Date.UTC(2026, 0, 1)));
const storedata = sharedData('storedata_total.csv');

test('inspect: storedata_total gives the faults that are known of it', { skip: !storedata }, async () => {
  const report = await inspectData({ path: storedata!, target: 'retained', churned: 0 }, ports);
  const of = (code: string): Finding[] => report.findings.filter((finding) => finding.code === code);
  const evidence = (code: string) => of(code).map((finding) => finding.evidence as Record<string, unknown>);
  assert.equal(report.rows, 30_801);

  const leaks = of('leak.single-column');
  assert.deepEqual(leaks.map(({ column }) => column).sort(), ['eclickrate', 'eopenrate', 'esent']);
  for (const { auc, group } of evidence('leak.single-column')) {
    assert.ok(Math.abs((auc as number) - 0.968) < 0.002, String(auc));
    assert.deepEqual([...(group as string[])].sort(), ['eclickrate', 'eopenrate', 'esent']);
  }
  const { all, without } = report.score!;
  assert.ok(Math.abs(all - 0.968) < 0.005 && without[0]!.score < 0.77, JSON.stringify(report.score));

  for (const { firstRow, endRow, days } of evidence('time.excel-1904'))
    assert.deepEqual([firstRow, endRow, days], [24_579, 30_801, 1462]);
  assert.deepEqual(
    of('time.excel-1904').map(({ column }) => column),
    ['created', 'firstorder', 'lastorder'],
  );
  assert.equal(evidence('duplicate.id')[0]!.rows, 31);
  const order = evidence('time.order').find(
    ({ later, earlier }) => earlier === 'created' && later === 'firstorder',
  );
  assert.equal(order?.rows, 659);
  assert.deepEqual(
    evidence('time.sentinel').map(({ before1905 }) => before1905),
    [5, 11],
  );
  assert.deepEqual(
    of('zero.inflated').map(({ column }) => column),
    ['esent', 'eopenrate', 'eclickrate', 'ordfreq'],
  );
});

test('init: storedata_total is proposed without the e-mail group, and says why', {
  skip: !storedata,
}, async () => {
  const { contract, remarks } = await proposeContract({
    path: storedata!,
    source: 'storedata_total.csv',
    target: 'retained',
    churned: 0,
  });
  for (const name of ['esent', 'eopenrate', 'eclickrate']) {
    assert.equal(contract.columns[name]!.use, 'none');
    assert.ok(
      remarks.some(({ column, message }) => column === name && message.includes('[leak.single-column]')),
    );
  }
  assert.equal(contract.columns.created!.dateFormat, 'dd-MM-yyyy');
});
