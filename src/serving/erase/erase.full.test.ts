/** Erasing and expiry on a real PostgreSQL server. */
import { after, before } from 'node:test';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { postgresDatabases } from '../../store/testing/test-databases.ts';
import { expirySuite } from '../expiry/testing/expiry-suite.ts';
import { allMigrations, eraseSuite } from './testing/erase-suite.ts';

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server?.[Symbol.asyncDispose]());

const databases = postgresDatabases(() => server, allMigrations);
eraseSuite(databases);
expirySuite(databases);
