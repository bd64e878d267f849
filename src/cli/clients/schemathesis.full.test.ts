/** Whatever the description allows is answered, whatever it forbids is refused as it says; 2,000 cases a model in soak. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { deployedKinds, runSchemathesis } from '../testing/schemathesis-run.ts';
import { servedPlace } from '../testing/served-place.ts';

const seed = Number(process.env.HOLDFAST_SEED ?? 1);
/** Operations that `tools/schemathesis/schemathesis.toml` leaves out. */
const leftOut = 2;
const least = 150;
let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres?.[Symbol.asyncDispose]());

for (const { name, prepare, hasKeys, engine } of deployedKinds)
  test(`${name}: nothing of ${least} requests drawn from the description is answered in another way than it says`, async (t) => {
    await using served = await servedPlace({
      prepare,
      ...(hasKeys && { keyScopes: ['admin'] }),
      ...(engine === 'postgres' && { env: { HOLDFAST_DATABASE_URL: await postgres.newDatabase() } }),
    });
    const run = await runSchemathesis(served, {
      phases: ['examples', 'fuzzing'],
      examples: 9,
      seed,
      withinMs: 300_000,
    });
    t.diagnostic(`${run.cases} cases`);
    assert.deepEqual([run.exit, run.failures, run.errors], [0, 0, 0], run.told);
    assert.equal(run.operations.tested, run.operations.selected);
    assert.equal(run.operations.total - run.operations.selected, leftOut);
    assert.ok(run.cases >= least, `${run.cases} cases`);
  });
