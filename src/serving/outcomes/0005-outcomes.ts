/** What became of customers. */
import { ascending, ascendingType, wholeNumber } from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const outcomesMigration: Migration = {
  id: '0005-outcomes',
  async up(db, engine) {
    await db.schema
      .createTable('outcome')
      .addColumn('seq', ascendingType(engine), ascending(engine))
      .addColumn('customer_id', 'text')
      .addColumn('request_id', 'text')
      .addColumn('row_index', 'integer')
      .addColumn('churned', 'integer', (column) => column.notNull())
      .addColumn('happened_at', wholeNumber, (column) => column.notNull())
      .addColumn('known_at', wholeNumber, (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text')
      .execute();
    // With the number, or PostgreSQL looks for the newest of few rows from the end of the table.
    await db.schema
      .createIndex('outcome_customer')
      .on('outcome')
      .columns(['customer_id', 'happened_at', 'seq'])
      .execute();
    await db.schema
      .createIndex('outcome_prediction')
      .on('outcome')
      .columns(['request_id', 'row_index', 'seq'])
      // Most rows have none, and who looks for those must not be led here.
      .where('request_id', 'is not', null)
      .execute();
    await db.schema
      .createTable('outcome_request')
      .addColumn('request_id', 'text', (column) => column.primaryKey())
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .addColumn('proof', 'text', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .execute();
  },
};
