/** Outcomes in SQLite. */
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { sqliteDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { outcomeSuite } from './testing/outcome-suite.ts';

outcomeSuite(sqliteDatabases([...storeMigrations, ...servingMigrations]), 60);
