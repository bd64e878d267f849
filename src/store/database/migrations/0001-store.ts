/** Keys, history, outbox and leases. */
import { ascending, ascendingType, wholeNumber } from './columns.ts';
import type { Migration } from './definition.ts';

export const storeMigration: Migration = {
  id: '0001-store',
  async up(db, engine) {
    await db.schema
      .createTable('api_key')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull().unique())
      .addColumn('secret_hash', 'text', (column) => column.notNull())
      .addColumn('scopes', 'text', (column) => column.notNull())
      .addColumn('created_at', wholeNumber, (column) => column.notNull())
      .addColumn('expires_at', wholeNumber)
      .addColumn('revoked_at', wholeNumber)
      .execute();
    await db.schema
      .createTable('history')
      .addColumn('position', wholeNumber, (column) => column.primaryKey())
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('previous_hash', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('history_subject').on('history').columns(['subject', 'position']).execute();
    await db.schema
      .createTable('outbox')
      .addColumn('id', ascendingType(engine), ascending(engine))
      .addColumn('topic', 'text', (column) => column.notNull())
      .addColumn('idempotency_key', 'text', (column) => column.notNull().unique())
      .addColumn('payload', 'text', (column) => column.notNull())
      .addColumn('created_at', wholeNumber, (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('next_try_at', wholeNumber, (column) => column.notNull())
      .addColumn('last_error', 'text')
      .addColumn('dead_at', wholeNumber)
      .execute();
    await db.schema
      .createIndex('outbox_due')
      .on('outbox')
      .columns(['dead_at', 'next_try_at', 'id'])
      .execute();
    await db.schema
      .createTable('lease')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('expires_at', wholeNumber, (column) => column.notNull())
      .execute();
  },
};
