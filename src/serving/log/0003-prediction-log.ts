/** The prediction log and its values. */
import {
  ascending,
  ascendingType,
  realNumber,
  wholeNumber,
} from '../../store/database/migrations/columns.ts';
import type { Migration } from '../../store/database/migrations/definition.ts';

export const predictionLogMigration: Migration = {
  id: '0003-prediction-log',
  async up(db, engine) {
    await db.schema
      .createTable('prediction')
      .addColumn('seq', ascendingType(engine), ascending(engine))
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('row_index', 'integer', (column) => column.notNull())
      .addColumn('at', wholeNumber, (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('model_id', 'text', (column) => column.notNull())
      .addColumn('model_label', 'text', (column) => column.notNull())
      .addColumn('slot', 'text', (column) => column.notNull())
      .addColumn('customer_id', 'text')
      .addColumn('features_hash', 'text')
      .addColumn('score', realNumber)
      .addColumn('churn', 'integer')
      .addColumn('band', 'text')
      .addColumn('certainty', 'text')
      .addColumn('latency_us', wholeNumber)
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('error_code', 'text')
      .addColumn('key_id', 'text')
      .addColumn('handled', 'text')
      .execute();
    // Request ids ascend with time, so this index grows at its end.
    await db.schema
      .createIndex('prediction_request')
      .on('prediction')
      .columns(['request_id', 'row_index'])
      .execute();
    await db.schema.createIndex('prediction_customer').on('prediction').columns(['customer_id']).execute();
    await db.schema
      .createTable('prediction_values')
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('row_index', 'integer', (column) => column.notNull())
      .addColumn('input', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('prediction_values_key', ['request_id', 'row_index'])
      .execute();
  },
};
