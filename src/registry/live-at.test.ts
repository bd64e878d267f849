import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RecordedEntry } from '../store/history.ts';
import { earlierOf } from './live-at.ts';

const entry = (event: string, version: number, alias = 'champion'): RecordedEntry => ({
  position: 1,
  at: 0,
  actor: 'a',
  event,
  subject: `model:telco:${version}`,
  details: { alias },
  hash: '',
});

test('rollback target: for any promotions and rollbacks it is what a pile of champions has below its top', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('promote' as const), version: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('rollback' as const) }),
    fc.record({ do: fc.constant('other' as const), version: fc.integer({ min: 1, max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const entries: RecordedEntry[] = [];
      const pile: number[] = [];
      for (const one of steps) {
        if (one.do === 'other') entries.push(entry('alias.set', one.version, 'challenger'));
        else if (one.do === 'promote') {
          if (pile.at(-1) === one.version) continue;
          pile.push(one.version);
          entries.push(entry('alias.set', one.version));
        } else if (pile.length > 1) {
          pile.pop();
          assert.equal(earlierOf(entries, 'champion'), pile.at(-1));
          entries.push(entry('alias.rolled-back', pile.at(-1)!));
        }
        assert.equal(earlierOf(entries, 'champion'), pile.at(-2) ?? null);
      }
    }),
  );
});

test('rollback target: a champion taken away stays where a rollback leads to once another is there', () => {
  const entries = [entry('alias.set', 1), entry('alias.removed', 1), entry('alias.set', 2)];
  assert.equal(earlierOf(entries, 'champion'), 1);
});
