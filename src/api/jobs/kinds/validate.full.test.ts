import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Validation } from '../../../tasks/validate.ts';
import { withKind } from '../../testing/run-kind.ts';
import { validate } from './validate.ts';

test('validate: holds a table against the contract of a model, or of the project file', () =>
  withKind(validate, async (run, place) => {
    const data = place('customers.csv');
    assert.equal((await run<Validation>({ data, model: 'latest' })).valid, true);
    assert.equal((await run<Validation>({ data, project: place('holdfast.yaml') })).valid, true);
    const broken = place('broken.csv');
    const [header, first, ...rest] = readFileSync(data, 'utf8').split('\n');
    writeFileSync(broken, [header, first, first, ...rest].join('\n'));
    // An id that stands twice.
    assert.equal((await run<Validation>({ data: broken, model: 'latest' })).valid, false);
  }));
