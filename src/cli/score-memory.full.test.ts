/** Scoring many customers takes the memory of scoring few. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '../base/errors.ts';
import { literal, openEngine } from '../data/sources/duckdb.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

const mark = 'peak of ';
const atExit = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(2, '${mark}' + process.resourceUsage().maxRSS + ' kB\\n'));`;

let place: Place;
before(async () => {
  place = newPlace();
  const model = new URL('../../golden/models/format-1-gradient-boosting.holdfast', import.meta.url);
  copyFileSync(fileURLToPath(model), place.path('model.holdfast'));
  assert.equal((await place.runHere('generate', 'few.parquet', '--rows', '20000')).exit, 0);
});
after(() => place[Symbol.dispose]());

async function copiesOfFew(name: string, copies: number): Promise<void> {
  const engine = await openEngine('test', () => new UnavailableError('work.memory', 'DuckDB failed'));
  const from = `read_parquet(${literal(place.path('few.parquet'))}), range(${copies})`;
  await engine.query(
    `copy (select * exclude (range) from ${from}) to ${literal(place.path(name))} (format parquet)`,
  );
  await engine.close();
}

/** Megabytes at the most, and how many were scored. */
async function peakOf(input: string): Promise<{ peak: number; scored: number }> {
  const { exit, stderr, json } = await place.startWith(
    { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(atExit)}` },
    ...['score', 'model.holdfast', input, 'scored.parquet', '--json'],
  ).ended;
  assert.equal(exit, 0, stderr);
  const peak = Number(stderr.slice(stderr.lastIndexOf(mark) + mark.length).split(' ')[0]) / 1024;
  return { peak, scored: json<{ scored: number }>().scored };
}

test('score: 800,000 customers take at most a third more memory than 100,000', async () => {
  await copiesOfFew('some.parquet', 5);
  await copiesOfFew('many.parquet', 40);
  const some = await peakOf('some.parquet');
  const many = await peakOf('many.parquet');
  assert.deepEqual([some.scored, many.scored], [100_000, 800_000]);
  // Read whole, their columns alone are 200 MB.
  assert.ok(many.peak < some.peak * 1.33, `${some.peak.toFixed()} MB and ${many.peak.toFixed()} MB`);
  assert.ok(many.peak > 100 && many.peak < 600, `${many.peak.toFixed()} MB`);
});
