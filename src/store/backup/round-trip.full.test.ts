/** Backup and restore over a real PostgreSQL server, and between the engines both ways. */
import { after, before } from 'node:test';
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts';
import { backupSuite } from './testing/backup-suite.ts';
import { postgresPlaces, sqlitePlaces } from './testing/places.ts';

let server: PostgresServer;
const files = sqlitePlaces();
const databases = postgresPlaces(() => server);
before(async () => {
  server = await startPostgres();
});
after(async () => {
  files.dispose();
  databases.dispose();
  await server[Symbol.asyncDispose]();
});

backupSuite(databases, databases);
backupSuite(files, databases);
backupSuite(databases, files);
