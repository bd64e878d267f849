/**
 * Writes `golden/holdout-rows.json`: which rows of the two real tables `train` learns from, sets the threshold on and
 * holds out, for seeds 40 to 44. The scripts that ask scikit-learn read it, so that both sides learn from and judge
 * the same customers. Row numbers only; `src/tasks/*.full.test.ts` checks that they are today's.
 *
 * Run after a change of the split, then the scripts: `node golden/holdout-rows.ts`, `make golden`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import {
  type AcceptanceTable,
  acceptanceTables,
  holdoutRowsOf,
  readAcceptanceTable,
} from '../src/tasks/testing/acceptance-tables.ts';
import { sharedData } from '../tools/shared-data.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const content: Record<string, unknown> = {
  provenance: { tool: 'holdfast', version, script: 'golden/holdout-rows.ts', seed: null },
  coding:
    'base64; two bits a row, four rows a byte from the lowest bits up; 0 training, 1 validation, 2 hold-out',
};
for (const name of Object.keys(acceptanceTables) as AcceptanceTable[]) {
  const path = sharedData(`${name}.csv`);
  if (path === undefined) throw new Error(`golden: shared/data/${name}.csv is not there`);
  content[name] = holdoutRowsOf(await readAcceptanceTable(name, path));
}
writeFileSync(new URL('holdout-rows.json', import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
