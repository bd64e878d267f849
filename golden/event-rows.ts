/**
 * Writes golden/event-rows.json: which part each customer made of online_retail_2009.parquet is in, by seed. Customers
 * stand in the order of their ids as texts. The scripts that ask scikit-learn read it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { acceptanceSeeds, packParts } from '../src/tasks/testing/acceptance-tables.ts';
import { readRetail } from '../src/tasks/testing/event-tables.ts';
import { sharedData } from '../tools/shared-data.ts';

const path = sharedData('online_retail_2009.parquet');
if (!path) throw new Error('event-rows: shared/data/online_retail_2009.parquet is missing');
const retail = await readRetail(path);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const content = {
  provenance: { tool: 'holdfast', version, script: 'golden/event-rows.ts', seed: null },
  rows: retail.all.table.rowCount,
  parts: Object.fromEntries(acceptanceSeeds.map((seed) => [seed, packParts(retail.partsOf(seed))])),
};
writeFileSync(new URL('event-rows.json', import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
