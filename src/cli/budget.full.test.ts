/** A search with a budget through the command line: what it says when it is cut, and that Ctrl-C is still heard. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { TrainSummary } from '../tasks/train/summary.ts';
import { newPlace, type Place } from './testing/holdfast.ts';

const places: Place[] = [];
before(async () => {
  for (const threads of ['1', '2']) {
    const place = newPlace({ HOLDFAST_THREADS: threads });
    places.push(place);
    assert.equal((await place.runHere('generate', 'customers.csv', '--rows', '8000')).exit, 0);
    assert.equal((await place.runHere('init', 'customers.csv', '--target', 'churned')).exit, 0);
    const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
    // The forest alone is longer than any budget here.
    const candidates = '{ prior: {}, logistic-regression: {}, random-forest: { trees: 9000, maxDepth: 30 } }';
    writeFileSync(
      place.path('holdfast.yaml'),
      yaml
        .replace(/^ {2}candidates:\n(?: {4}.*\n)*/m, `  candidates: ${candidates}\n`)
        .replace('method: grid', 'method: grid, budget: 4s'),
    );
  }
});
after(() => {
  for (const place of places) place[Symbol.dispose]();
});

test('budget: a cut search says so, and gives the same model at 1 and 2 threads', async () => {
  const summaries: (TrainSummary & Record<string, unknown>)[] = [];
  for (const place of places) {
    const ended = await place.run('train', '--json');
    assert.equal(ended.exit, 0, ended.stderr);
    const summary = ended.json<TrainSummary & Record<string, unknown>>();
    const cut = summary.findings.find(({ code }) => code === 'search.cut');
    assert.match(cut!.message, /stopped at its budget of 4s after 2 of 3 candidates/);
    summaries.push(summary);
  }
  const [one, two] = summaries.map(({ best, holdout, threshold, stability }) => ({
    best,
    holdout,
    threshold,
    stability,
  }));
  assert.deepEqual(two, one);
});

test('budget: Ctrl-C during the fit that the budget would cut ends with work.stopped, and no further model is there', async () => {
  for (const place of places) {
    const models = place.path('.holdfast/artifacts/models');
    const known = existsSync(models) ? readdirSync(models).sort() : [];
    const { child, ended } = place.start('train', '--json');
    child.stderr!.on('data', (text: string) => {
      // The two quick ones take a moment; then the forest is under way until the budget ends it.
      if (/Comparing candidates/.test(text)) setTimeout(() => child.kill('SIGINT'), 2000);
    });
    // One thread hears a signal when the budget has ended the fit.
    const { exit, stdout, stderr } = await ended;
    assert.equal(exit, 1, stderr);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'work.stopped');
    assert.deepEqual(existsSync(models) ? readdirSync(models).sort() : [], known);
  }
});
