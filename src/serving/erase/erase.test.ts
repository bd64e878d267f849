/** Erasing on SQLite; `erase.full.test.ts` runs the same on PostgreSQL. */
import { sqliteDatabases } from '../../store/testing/test-databases.ts';
import { allMigrations, eraseSuite } from './testing/erase-suite.ts';

eraseSuite(sqliteDatabases(allMigrations));
