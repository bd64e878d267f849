import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from './catalogue.ts';
import { centre, midpoint, testCatalogue, total } from './testing/definitions.ts';

test('catalogue: finds models and steps by id', () => {
  assert.equal(testCatalogue.classifier('midpoint'), midpoint);
  assert.equal(testCatalogue.transformer('total'), total);
});

test('catalogue: an id that is not known is refused with the nearest and with all', () => {
  assert.throws(() => testCatalogue.classifier('mid-points'), {
    code: 'catalogue.unknown',
    fields: { id: 'mid-points' },
    message: 'model mid-points is not known; did you mean midpoint?; known: midpoint, luck, crowd, pipeline',
  });
});

test('catalogue: a model is no step and a step is no model', () => {
  assert.throws(() => testCatalogue.transformer('midpoint'), {
    code: 'catalogue.unknown',
    message: /^step midpoint/,
  });
  assert.throws(() => testCatalogue.classifier('centre'), {
    code: 'catalogue.unknown',
    message: /^model centre/,
  });
});

test('catalogue: two definitions of one id are a defect', () => {
  assert.throws(() => createCatalogue([], [centre, centre]), { message: 'catalogue: two steps share an id' });
});
