/** Many faults in any order, as one process and as several. */
import { after, before, test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { faults, sufferFaults } from './testing/postgres-faults.ts';

let postgres: PostgresServer;
before(async () => {
  postgres = await startPostgres({ fsync: 'on' });
});
after(() => postgres[Symbol.asyncDispose]());

const random = createRandom(Number(process.env.HOLDFAST_SEED ?? 1));

for (const words of [[], ['--workers', '2']])
  test(`PostgreSQL over a way that breaks 40 times: ${['serve', ...words].join(' ')}`, (context) =>
    sufferFaults({
      postgres,
      faults: Array.from({ length: 40 }, () => faults[random.integer(faults.length)]!),
      words,
      tell: (line) => context.diagnostic(line),
    }));
