/** Writers of the log on a real PostgreSQL server. */
import { after, before } from 'node:test';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { postgresDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { databaseLogWriter } from './database-writer.ts';
import { onceSuite } from './testing/once-suite.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server?.[Symbol.asyncDispose]());

onceSuite(
  postgresDatabases(() => server, [...storeMigrations, ...servingMigrations]),
  databaseLogWriter,
);
