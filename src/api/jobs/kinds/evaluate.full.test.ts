import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evaluation } from '../../../tasks/evaluate.ts';
import { evaluateModel } from '../../../tasks/evaluate.ts';
import { withKind } from '../../testing/run-kind.ts';
import { evaluate } from './evaluate.ts';

test('evaluate: gives what the command gives, and refuses rows that the model has learned from', () =>
  withKind(evaluate, async (run, place, { app }) => {
    const data = place('customers.csv');
    const result = await run<Evaluation>({ model: 'latest', data });
    const own = await evaluateModel(await app.models.load('latest'), data, false, app);
    assert.deepEqual(result, JSON.parse(JSON.stringify(own)));
    assert.equal(result.data.part, 'holdout');
  }));
