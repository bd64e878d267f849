/** Deployments over a real PostgreSQL server. */
import { after, before } from 'node:test';
import { registryMigrations } from '../../registry/migrations/all.ts';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { type PostgresServer, startPostgres } from '../../store/testing/postgres-server.ts';
import { postgresDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { putToWorkSuite } from './testing/put-to-work-suite.ts';
import { deploymentSuite } from './testing/suite.ts';

const migrations = [...storeMigrations, ...registryMigrations, ...servingMigrations];

let server: PostgresServer;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

const databases = postgresDatabases(() => server, migrations);
deploymentSuite(databases);
putToWorkSuite(databases);
