/** Canaries and shadows. */
import {
  ascending,
  ascendingType,
  realNumber,
  wholeNumber,
} from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const deploymentsMigration: Migration = {
  id: '0004-deployments',
  async up(db, engine) {
    await db.schema
      .createTable('deployment')
      .addColumn('seq', ascendingType(engine), ascending(engine))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('canary_version', wholeNumber)
      .addColumn('canary_share', realNumber)
      .addColumn('shadow_version', wholeNumber)
      .addColumn('limits', 'text', (column) => column.notNull())
      .addColumn('note', 'text')
      .execute();
    await db.schema.createIndex('deployment_name').on('deployment').columns(['name', 'seq']).execute();
  },
};
