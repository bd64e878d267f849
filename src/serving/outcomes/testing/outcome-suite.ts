/** Writing outcomes and joining them with predictions: each engine passes all of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../../store/database/database.ts';
import type { TestDatabases } from '../../../store/testing/test-databases.ts';
import { databaseLogWriter } from '../../log/database-writer.ts';
import { readPredictions } from '../../log/read-predictions.ts';
import { logRow } from '../../testing/log-rows.ts';
import type { Horizons } from '../horizons.ts';
import { joinOutcomes } from '../join-outcomes.ts';
import { type LabelledPrediction, readLabelled } from '../read-labelled.ts';
import type { SentOutcome } from '../read-outcome.ts';
import { type Recorded, recordOutcomes } from '../record-outcomes.ts';
import { withOutcomes } from '../tables.ts';
import { slowJoin } from './slow-join.ts';

const horizonOf: Readonly<Record<string, number>> = { near: 3, far: 7 };
const horizons: Horizons = async (ids) => new Map([...ids].map((id) => [id, horizonOf[id]!]));
const now = 1000;
const options = { source: 'api', keyId: null, now, horizons } as const;

const outcome = (own: Partial<SentOutcome>): SentOutcome => ({
  ...{ customerId: null, requestId: null, index: null, churned: true, happenedAt: 10, knownAt: now },
  ...own,
});

async function taken(database: Database, ...sent: readonly SentOutcome[]): Promise<Recorded> {
  const recorded = await recordOutcomes(database, sent, options);
  if ('counts' in recorded) return recorded;
  return assert.fail(JSON.stringify(recorded));
}

const predicted = (database: Database, ...entries: readonly Parameters<typeof logRow>[0][]) =>
  databaseLogWriter(database).write(entries.map((one) => logRow({ input: null, ...one })));

const written = ({ db }: Pick<Database, 'db'>) =>
  withOutcomes(db).selectFrom('outcome').selectAll().orderBy('seq').execute();

/** `customer:at` and its outcome. */
async function labels(database: Database, model = 'near'): Promise<readonly string[]> {
  const found: LabelledPrediction[] = [];
  const horizonMs = horizonOf[model]!;
  for await (const page of readLabelled(database, { model, horizonMs, now: 13 })) found.push(...page);
  return found.map(({ prediction, outcome: known, isMature }) => {
    const said = known === null ? 'unknown' : `${known.churned ? 'churned' : 'stayed'}@${known.happenedAt}`;
    return `${prediction.customerId}:${prediction.at} ${said}${isMature ? '' : ' immature'}`;
  });
}

export function outcomeSuite(databases: TestDatabases, numRuns: number): void {
  const { engine } = databases;

  test(`${engine} outcomes: who left counts for predictions whose horizon holds the moment, who stayed for those it is over for`, () =>
    databases.with(1, async (database) => {
      await predicted(
        database,
        ...[7, 8, 10, 11].map((at) => ({ customerId: 'left', modelId: 'near', at })),
        ...[6, 7, 8].map((at) => ({ customerId: 'stayed', modelId: 'near', at })),
        { customerId: 'other', modelId: 'near', at: 10 },
      );
      const { counts } = await taken(
        database,
        outcome({ customerId: 'left', happenedAt: 10 }),
        outcome({ customerId: 'stayed', churned: false, happenedAt: 10 }),
        outcome({ customerId: 'nobody', happenedAt: 10 }),
        outcome({ customerId: 'other', churned: false, happenedAt: 12 }),
      );
      assert.deepEqual(counts, { accepted: 4, matched: 2, waiting: 2, unchanged: 0 });
      assert.deepEqual(await labels(database), [
        // Was still there when the horizon was over: left only then.
        'left:7 stayed@10',
        'left:8 churned@10',
        'left:10 churned@10',
        'left:11 unknown immature',
        'stayed:6 stayed@10',
        'stayed:7 stayed@10',
        'stayed:8 unknown',
        'other:10 unknown',
      ]);
    }));

  test(`${engine} outcomes: a correction is a further row and is valid; what is said again is not written again`, () =>
    databases.with(1, async (database) => {
      await predicted(database, { customerId: 'a', modelId: 'near', at: 9 });
      const left = outcome({ customerId: 'a', happenedAt: 10, knownAt: 11 });
      await taken(database, left);
      const again = await taken(database, { ...left, knownAt: 99 });
      assert.deepEqual([again.counts.unchanged, again.written], [1, { churned: 0, stayed: 0 }]);
      assert.deepEqual(
        (await written(database)).map((row) => [row.churned, row.known_at]),
        [[1, 11]],
      );
      await taken(database, { ...left, churned: false });
      assert.deepEqual(await labels(database), ['a:9 unknown']);
      // Twice in one request: the last is valid, and both are kept.
      await taken(database, left, { ...left, churned: false }, left);
      assert.deepEqual(await labels(database), ['a:9 churned@10']);
      assert.deepEqual(
        (await written(database)).map((row) => row.churned),
        [1, 0, 1, 0, 1],
      );
    }));

  test(`${engine} outcomes: one of a prediction stands before those of its customer; what it names must be in the log`, () =>
    databases.with(1, async (database) => {
      const [one, two] = ['1'.repeat(32), '2'.repeat(32)];
      await predicted(
        database,
        { requestId: one, customerId: 'a', modelId: 'near', at: 5 },
        { requestId: one, customerId: 'a', modelId: 'near', at: 5, slot: 'shadow' },
        { requestId: two, rowIndex: 0, customerId: 'a', modelId: 'near', at: 5 },
        { requestId: two, rowIndex: 1, customerId: null, modelId: 'near', at: 5 },
      );
      await taken(database, outcome({ customerId: 'a', happenedAt: 6 }));
      await taken(
        database,
        outcome({ requestId: one, churned: false, happenedAt: 7 }),
        outcome({ requestId: two, index: 1, happenedAt: 5 }),
      );
      assert.deepEqual(await labels(database), [
        'a:5 stayed@7',
        'a:5 stayed@7',
        'a:5 churned@6',
        'null:5 churned@5',
      ]);
      const before = await written(database);
      assert.deepEqual(
        before.map((row) => [row.customer_id, row.row_index]),
        [
          ['a', null],
          ['a', 0],
          [null, 1],
        ],
      );
      const refused = await recordOutcomes(
        database,
        [
          outcome({ customerId: 'b' }),
          outcome({ requestId: '3'.repeat(32) }),
          outcome({ requestId: two }),
          outcome({ requestId: two, index: 2 }),
          outcome({ requestId: one, happenedAt: 4 }),
        ],
        options,
      );
      assert.ok(!('counts' in refused));
      assert.deepEqual(
        refused.map(({ at, path, message }) => [at, path, message]),
        [
          [1, '/requestId', 'names no prediction in the log'],
          [2, '/index', 'must say which of the 2 customers of the request is meant'],
          [3, '/index', 'must be that of a customer of the request, which has 2'],
          [4, '/happenedAt', 'must not lie before the prediction that is named'],
        ],
      );
      assert.deepEqual(await written(database), before);
    }));

  test(`${engine} outcomes: a request with a key is taken once, from four sides at the same moment too`, () =>
    databases.with(4, async (...open) => {
      const once = { requestId: 'k'.repeat(32), key: 'key', body: 'a' };
      const sent = [outcome({ customerId: 'a' }), outcome({ customerId: 'b' })];
      const recorded = await Promise.all(
        open.flatMap((database) => [1, 2].map(() => recordOutcomes(database, sent, { ...options, once }))),
      );
      const all = recorded.map((one) => ('counts' in one ? one : assert.fail()));
      assert.equal(all.filter(({ isReplayed }) => !isReplayed).length, 1);
      for (const { counts } of all)
        assert.deepEqual(counts, { accepted: 2, matched: 0, waiting: 2, unchanged: 0 });
      assert.equal((await written(open[0]!)).length, 2);
      await assert.rejects(recordOutcomes(open[0]!, sent, { ...options, once: { ...once, body: 'b' } }), {
        code: 'request.key-reused',
      });
    }));

  test(`${engine} outcomes: writers at the same moment lose nothing and write nothing twice`, () =>
    databases.with(4, async (...open) => {
      const days = Array.from({ length: 40 }, (_, i) => outcome({ customerId: `c${i % 10}`, happenedAt: i }));
      await Promise.all(open.map((database) => taken(database, ...days)));
      assert.equal((await written(open[0]!)).length, 40);
    }));

  test(`${engine} outcomes: for any predictions and outcomes the join is that of the rules, word by word`, () =>
    databases.with(1, async (database) => {
      const customer = fc.constantFrom('a', 'b', null);
      // Few moments, so that many are equal or just beside a bound.
      const time = fc.integer({ min: 0, max: 9 });
      const prediction = fc.record({
        requestId: fc.constantFrom('q', 'r', 's'),
        customerId: customer,
        at: time,
        modelId: fc.constantFrom('near', 'far'),
      });
      const truth = fc.record({
        churned: fc.boolean(),
        happenedAt: time,
        named: fc.oneof(
          { weight: 3, arbitrary: fc.record({ customerId: fc.constantFrom('a', 'b') }) },
          {
            weight: 1,
            arbitrary: fc.record({
              customerId: customer,
              requestId: fc.constantFrom('q', 'r', 's'),
              index: fc.integer({ min: 0, max: 3 }),
            }),
          },
        ),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(prediction, { minLength: 4, maxLength: 9 }),
          fc.array(truth, { maxLength: 10 }),
          async (asked, truths) => {
            const db = withOutcomes(database.db);
            await db.deleteFrom('prediction').execute();
            await db.deleteFrom('outcome').execute();
            const entries = asked.map((one, rowIndex) => logRow({ ...one, rowIndex, input: null }));
            if (entries.length > 0) await predicted(database, ...entries);
            const outcomes = truths.map(({ named, ...one }, i) => ({
              ...outcome({ ...one, ...named }),
              knownAt: 100 + i,
            }));
            for (const one of outcomes) {
              await db
                .insertInto('outcome')
                .values({
                  ...{ customer_id: one.customerId, request_id: one.requestId, row_index: one.index },
                  ...{ churned: Number(one.churned), happened_at: one.happenedAt, known_at: one.knownAt },
                  ...{ source: 'api', key_id: null },
                })
                .execute();
            }
            const page = { limit: 100, after: null, order: 'oldest' } as const;
            const { entries: logged } = await readPredictions(database, {}, page);
            const found = await joinOutcomes(database, logged, await horizons(['near', 'far']));
            for (const one of logged)
              assert.deepEqual(
                found.get(one.seq) ?? null,
                slowJoin({ ...one, horizonMs: horizonOf[one.modelId]! }, outcomes),
              );
          },
        ),
        { numRuns },
      );
    }));
}
