import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendHistory } from '../../../store/history.ts';
import { withServingDatabase } from '../../testing/serving-database.ts';
import { registry } from './registry.ts';

test('registry: of the history only new models and moves of what answers are events; the rest is passed over', () =>
  withServingDatabase(async (database) => {
    const entries = [
      ['key.created', 'key:1', { name: 'shop' }],
      ['alias.set', 'model:a:b:7', { alias: 'champion', before: 3 }],
      ['alias.set', 'model:telco:7', { alias: 'challenger', before: null }],
      ['model.approved', 'model:telco:7', { note: 'fine' }],
      ['deployment.changed', 'deployment:telco', { canary: { version: 2, share: 0.1 }, shadow: null }],
      ['deployment.watched', 'deployment:telco', {}],
    ] as const;
    for (const [i, [event, subject, details]] of entries.entries())
      await database.transaction((db) =>
        appendHistory(db, { at: i, actor: 'cli:anna', event, subject, details }),
      );
    const reader = registry.open(database);
    assert.equal(await reader.settled(), 6);
    const { events, position } = await reader.read(0, 6);
    assert.deepEqual(
      events.map(({ type, position: place, data }) => [type, place, data.name, data.slot]),
      [
        ['deployment.switched', 2, 'a:b', 'live'],
        ['deployment.switched', 5, 'telco', 'beside'],
      ],
    );
    assert.equal(position, 6);
    assert.deepEqual(await reader.read(1, 2), { events: events.slice(0, 1), position: 2 });
    assert.deepEqual(await reader.read(5, 6), { events: [], position: 6 });
  }));
