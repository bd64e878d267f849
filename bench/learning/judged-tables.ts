/**
 * The tables by which accuracy is judged, each flat: numbers and categories, one row a customer. What needs an own hand
 * (event logs, dates, repairs) has been done before, so that every side learns from the same columns.
 */
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/base/random.ts';
import type { Contract } from '../../src/data/contract.ts';
import { splitSection } from '../../src/data/splits/section.ts';
import { readProject } from '../../src/project-file.ts';
import { type Column, numberColumn } from '../../src/table/column.ts';
import { createDataset, type Dataset } from '../../src/table/dataset.ts';
import { createTable } from '../../src/table/table.ts';
import { proposeContract } from '../../src/tasks/propose-contract.ts';
import { readCdnow } from '../../src/tasks/testing/event-tables.ts';
import { prepareData } from '../../src/tasks/train/prepare.ts';
import { featuresOf } from '../../src/tasks/train/select-model.ts';
import { acceptanceTable, publicTable } from './tables.ts';

export interface JudgedTable {
  readonly name: string;
  read(): Promise<Dataset>;
}

/** Tell the outcome: nobody without them stayed. */
const emailColumns: ReadonlySet<string> = new Set(['esent', 'eopenrate', 'eclickrate']);

export const judgedTables: readonly JudgedTable[] = [
  { name: 'telco', read: () => acceptance('telco') },
  { name: 'bank', read: () => acceptance('bank') },
  { name: 'storedata', read: () => storedata(() => true) },
  { name: 'storedata without e-mail', read: () => storedata((name) => !emailColumns.has(name)) },
  {
    name: 'cdnow',
    read: async () => {
      const { contract, all } = await readCdnow(publicTable('cdnow.csv'));
      return flat(contract, all);
    },
  },
  { name: 'Hillstrom visit', read: hillstrom },
];

async function acceptance(name: 'telco' | 'bank'): Promise<Dataset> {
  const { contract, all } = await acceptanceTable(name);
  return flat(contract, all);
}

/** With the repairs of its project file: a block of dates from a workbook that counts from 1904, repeated customers. */
async function storedata(keeps: (column: string) => boolean): Promise<Dataset> {
  const file = fileURLToPath(new URL('../../config/store-three-families.yaml', import.meta.url));
  const { project, data, split, clean } = await readProject(file);
  const path = publicTable('storedata_total.csv');
  const { parts } = await prepareData(project, path, data, split, createRandom(split.seed), clean);
  return flat(data, parts.all, keeps);
}

/** Who visited the shop after an e-mail; purchases come after the visit and are no features. */
async function hillstrom(): Promise<Dataset> {
  const path = publicTable('hillstrom.csv');
  const { contract } = await proposeContract({ path, source: path, target: 'visit', churned: 1 });
  const split = splitSection.parse({});
  const { parts } = await prepareData('hillstrom', path, contract, split, createRandom(split.seed));
  return flat(contract, parts.all, (name) => name !== 'conversion' && name !== 'spend');
}

/** The features, times as days before the reference date. */
function flat(contract: Contract, data: Dataset, keeps: (column: string) => boolean = () => true): Dataset {
  const { table, labels, referenceDate } = featuresOf({ data: contract }, data);
  const columns = table.columns
    .filter(({ name }) => keeps(name))
    .map((column): Column => {
      if (column.kind !== 'time') return column;
      if (referenceDate === null) throw new Error(`bench: ${column.name} needs a reference date`);
      return numberColumn(
        `${column.name}DaysAgo`,
        column.values.map((at) => (referenceDate - at) / 86_400_000),
      );
    });
  return createDataset(createTable(columns, table.rowCount), labels);
}
