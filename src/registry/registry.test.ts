/** The registry over SQLite; `registry.full.test.ts` runs the same over PostgreSQL. */
import { storeMigrations } from '../store/database/migrations/all.ts';
import { sqliteDatabases } from '../store/testing/test-databases.ts';
import { registryMigrations } from './migrations/all.ts';
import { registrySuites } from './testing/suites/all.ts';

registrySuites(sqliteDatabases([...storeMigrations, ...registryMigrations]));
