import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { dataSection } from './data.ts';

test('data: parts, target, columns left out with reasons, notes with their codes', () => {
  const { text, rows } = readSection(dataSection(fullFacts()));
  assert.deepEqual(rows[1]!.slice(0, 3), ['Training', '4,928', '26.5%']);
  assert.match(
    text,
    /7,040 rows with 21 columns of customers\.parquet\. Divided by seed 42\. .* Churn is Yes/,
  );
  assert.deepEqual(rows.at(-1), ['gender', 'only judges groups (use: segment)']);
  assert.match(text, /TotalCharges is missing in 11 of 7,043 rows; filled with the median impute\.constant/);
});

test('data: nothing left out and nothing noted is said', () => {
  const { text } = readSection(dataSection({ ...fullFacts(), leftOut: [], notes: [] }));
  assert.match(text, /Every column of the contract is used/);
  assert.match(text, /Nothing was repaired, dropped or left unfinished/);
});
