/** History, leases, outbox and keys over a real PostgreSQL server. */
import { after, before } from 'node:test';
import { storeMigrations } from './database/migrations/all.ts';
import { type PostgresServer, startPostgres } from './testing/postgres-server.ts';
import { storeSuites } from './testing/suites/all.ts';
import { postgresDatabases } from './testing/test-databases.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

storeSuites(postgresDatabases(() => server, storeMigrations));
