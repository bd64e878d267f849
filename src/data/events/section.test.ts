import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, eventsSection } from './section.ts';

test('events section: days and weeks as days', () => {
  assert.equal(daysOf('90d'), 90);
  assert.equal(daysOf('39w'), 273);
});

test('events section: without a gap the label begins at the cutoff', () => {
  const section = eventsSection.parse({
    source: 'a.csv',
    customer: 'c',
    time: 't',
    cutoff: '2024-01-01',
    window: '4w',
  });
  assert.equal(section.gap, '0d');
  assert.deepEqual(section.more, []);
});
