/** History, leases, outbox and keys over SQLite; `stores.full.test.ts` runs the same over PostgreSQL. */
import { storeMigrations } from './database/migrations/all.ts';
import { storeSuites } from './testing/suites/all.ts';
import { sqliteDatabases } from './testing/test-databases.ts';

storeSuites(sqliteDatabases(storeMigrations));
