/** Versions of models, their aliases and approvals. */
import { ascending, ascendingType, wholeNumber } from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const registryMigration: Migration = {
  id: '0002-registry',
  async up(db, engine) {
    await db.schema
      .createTable('model_version')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('model_id', 'text', (column) => column.notNull().unique())
      .addColumn('label', 'text', (column) => column.notNull())
      .addColumn('file_sha256', 'text', (column) => column.notNull())
      .addColumn('file_bytes', wholeNumber, (column) => column.notNull())
      .addColumn('passed', 'integer', (column) => column.notNull())
      .addColumn('stage', 'text', (column) => column.notNull())
      .addColumn('description', 'text')
      .addColumn('tags', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .addColumn('metrics', 'text', (column) => column.notNull())
      .addColumn('author', 'text')
      .addColumn('four_eyes', 'integer', (column) => column.notNull())
      .addColumn('registered_by', 'text', (column) => column.notNull())
      .addColumn('created_at', wholeNumber, (column) => column.notNull())
      .addColumn('registered_at', wholeNumber, (column) => column.notNull())
      .addPrimaryKeyConstraint('model_version_pkey', ['name', 'version'])
      .execute();
    await db.schema.createIndex('model_version_label').on('model_version').column('label').execute();
    await db.schema
      .createTable('model_alias')
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('alias', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('set_at', wholeNumber, (column) => column.notNull())
      .addPrimaryKeyConstraint('model_alias_pkey', ['name', 'alias'])
      .addForeignKeyConstraint('model_alias_version', ['name', 'version'], 'model_version', [
        'name',
        'version',
      ])
      .execute();
    await db.schema
      .createTable('model_approval')
      .addColumn('id', ascendingType(engine), ascending(engine))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .addColumn('note', 'text', (column) => column.notNull())
      .addForeignKeyConstraint('model_approval_version', ['name', 'version'], 'model_version', [
        'name',
        'version',
      ])
      .execute();
    await db.schema
      .createIndex('model_approval_of')
      .on('model_approval')
      .columns(['name', 'version'])
      .execute();
  },
};
