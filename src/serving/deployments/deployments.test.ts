/** Deployments over SQLite; `deployments.full.test.ts` runs the same over PostgreSQL. */
import { registryMigrations } from '../../registry/migrations/all.ts';
import { storeMigrations } from '../../store/database/migrations/all.ts';
import { sqliteDatabases } from '../../store/testing/test-databases.ts';
import { servingMigrations } from '../migrations.ts';
import { putToWorkSuite } from './testing/put-to-work-suite.ts';
import { deploymentSuite } from './testing/suite.ts';

const migrations = [...storeMigrations, ...registryMigrations, ...servingMigrations];

deploymentSuite(sqliteDatabases(migrations));
putToWorkSuite(sqliteDatabases(migrations));
