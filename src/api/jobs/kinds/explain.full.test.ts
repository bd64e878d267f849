import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Explanation } from '../../../tasks/explain.ts';
import { withKind } from '../../testing/run-kind.ts';
import { explain } from './explain.ts';

test('explain: writes page, picture or figures; the result of the job names the file and no value', () =>
  withKind(explain, async (run, place, { customers }) => {
    const args = { model: 'latest', data: place('customers.csv'), row: 3 };
    const result = await run<{ readonly file: string; readonly row: number }>({
      ...args,
      out: place('c.json'),
    });
    assert.deepEqual([result.file, result.row], [place('c.json'), 3]);
    const id = String(customers[2]!.customerId);
    assert.ok(!JSON.stringify(result).includes(id));
    const figures = JSON.parse(readFileSync(place('c.json'), 'utf8')) as Explanation;
    assert.deepEqual(figures.customer, { id, row: 3 });
    await run({ ...args, out: place('c.svg') });
    assert.match(readFileSync(place('c.svg'), 'utf8'), /^<svg/);
    await assert.rejects(run({ ...args, row: 601, out: place('d.svg') }), { code: 'explain.no-customer' });
  }));
