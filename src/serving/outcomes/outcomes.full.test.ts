/** Outcomes in a real PostgreSQL server. */
import { after, before } from 'node:test';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { postgresDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { outcomeSuite } from './testing/outcome-suite.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server?.[Symbol.asyncDispose]());

outcomeSuite(
  postgresDatabases(() => server, [...storeMigrations, ...servingMigrations]),
  200,
);
