/** Work that the API was asked to do. */
import { ascending, ascendingType, wholeNumber } from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const jobsMigration: Migration = {
  id: '0006-jobs',
  async up(db, engine) {
    await db.schema
      .createTable('job')
      .addColumn('seq', ascendingType(engine), ascending(engine))
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('args', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('created_at', wholeNumber, (column) => column.notNull())
      .addColumn('started_at', wholeNumber)
      .addColumn('finished_at', wholeNumber)
      .addColumn('changed_at', wholeNumber, (column) => column.notNull())
      .addColumn('step', 'text')
      .addColumn('done', wholeNumber)
      .addColumn('total', wholeNumber)
      .addColumn('result', 'text')
      .addColumn('error_code', 'text')
      .addColumn('error_message', 'text')
      .addColumn('owner', 'text')
      .addColumn('owned_until', wholeNumber)
      .addColumn('cancel_asked', 'integer', (column) => column.notNull())
      .addColumn('revision', wholeNumber, (column) => column.notNull())
      .execute();
    await db.schema.createIndex('job_revision').on('job').columns(['revision']).execute();
    await db.schema.createIndex('job_status').on('job').columns(['status', 'seq']).execute();
    // One row: who changes a job counts here first, so that changes become visible in the order of their numbers.
    await db.schema
      .createTable('job_counter')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('revision', wholeNumber, (column) => column.notNull())
      .execute();
  },
};
