/** Jobs and events over SQLite; `jobs-and-events.full.test.ts` runs the same over PostgreSQL. */
import { registryMigrations } from '../registry/migrations/all.ts';
import { storeMigrations } from '../store/database/migrations/all.ts';
import { sqliteDatabases } from '../store/testing/test-databases.ts';
import { servingMigrations } from './migrations.ts';
import { eventSuite } from './testing/suites/events.ts';
import { jobSuite } from './testing/suites/jobs.ts';

const databases = sqliteDatabases([...storeMigrations, ...registryMigrations, ...servingMigrations]);

jobSuite(databases);
eventSuite(databases);
