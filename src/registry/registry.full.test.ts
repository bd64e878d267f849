/** The registry over a real PostgreSQL server. */
import { after, before } from 'node:test';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { type PostgresServer, startPostgres } from '../store/testing/postgres-server.ts';
import { postgresDatabases } from '../store/testing/test-databases.ts';
import { registryMigrations } from './migrations/all.ts';
import { registrySuites } from './testing/suites/all.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

registrySuites(postgresDatabases(() => server, [...storeMigrations, ...registryMigrations]));
