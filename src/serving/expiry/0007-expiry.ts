/** How far the prediction log has been cleared of what is too old. */
import { wholeNumber } from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const expiryMigration: Migration = {
  id: '0007-expiry',
  async up(db) {
    await db.schema
      .createTable('expiry_mark')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('seq', wholeNumber, (column) => column.notNull())
      .execute();
  },
};
