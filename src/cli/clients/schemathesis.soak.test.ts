/** The full count: every boundary that the description has, and drawn cases, for each of three models. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { deployedKinds, runSchemathesis } from '../testing/schemathesis-run.ts';
import { servedPlace } from '../testing/served-place.ts';

/** Operations that `tools/schemathesis/schemathesis.toml` leaves out. */
const leftOut = 2;
const least = 2000;
let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres?.[Symbol.asyncDispose]());

for (const { name, prepare, hasKeys, engine } of deployedKinds)
  test(`${name}: ${least} requests`, async (t) => {
    await using served = await servedPlace({
      prepare,
      ...(hasKeys && { keyScopes: ['admin'] }),
      ...(engine === 'postgres' && { env: { HOLDFAST_DATABASE_URL: await postgres.newDatabase() } }),
    });
    const run = await runSchemathesis(served, {
      phases: ['examples', 'coverage', 'fuzzing'],
      examples: 100,
      seed: Number(process.env.HOLDFAST_SEED ?? Date.now() % 2 ** 31),
      withinMs: 1_800_000,
    });
    t.diagnostic(`${name}: ${run.cases} cases over ${run.operations.tested} operations`);
    assert.deepEqual([run.exit, run.failures, run.errors], [0, 0, 0], run.told);
    assert.equal(run.operations.tested, run.operations.selected);
    assert.equal(run.operations.total - run.operations.selected, leftOut);
    assert.ok(run.cases >= least, `${run.cases} cases`);
  });
