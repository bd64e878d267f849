/** The two real event logs, made into customers exactly as `train` does it. */
import { createRandom } from '../../base/random.ts';
import { type Contract, dataSection } from '../../data/contract.ts';
import { withEventColumns, withEventDefaults } from '../../data/events/event-contract.ts';
import { splitSection } from '../../data/splits/section.ts';
import { prepareData, splitParts } from '../train/prepare.ts';
import type { LearnableTable } from './acceptance-tables.ts';

/** The `data.events` of each; half a window is no whole number of days, so halves part at noon. */
export const eventTables = {
  cdnow: {
    source: 'cdnow.csv',
    customer: 'customer_id',
    time: 'date',
    value: 'price',
    cutoff: '1997-10-01',
    window: '39w',
    horizon: '39w',
  },
  // The last day of the log is 2010-12-09: the horizon ends with it.
  retail: {
    source: 'online_retail_2009.parquet',
    customer: 'Customer ID',
    time: 'InvoiceDate',
    value: 'Price',
    quantity: 'Quantity',
    order: 'Invoice',
    cutoff: '2010-09-11',
    window: '270d',
    horizon: '90d',
  },
} as const;

export function eventContract(name: keyof typeof eventTables): Contract {
  const project = { data: { events: eventTables[name] } };
  return withEventColumns(dataSection.parse((withEventDefaults(project) as typeof project).data));
}

export const readCdnow = (path: string): Promise<LearnableTable> => readEvents('cdnow', path);
export const readRetail = (path: string): Promise<LearnableTable> => readEvents('retail', path);

async function readEvents(name: keyof typeof eventTables, path: string): Promise<LearnableTable> {
  const contract = eventContract(name);
  const splitOf = (seed: number) => splitSection.parse({ seed });
  const { parts } = await prepareData(name, path, contract, splitOf(0), createRandom(0));
  return {
    contract,
    all: parts.all,
    partsOf: (seed) => splitParts(parts.all, splitOf(seed), createRandom(seed)),
  };
}
