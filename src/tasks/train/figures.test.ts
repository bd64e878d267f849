import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullFacts } from '../../report/testing/synthetic-facts.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { writeTrainingReport } from '../../report/training-page.ts';
import { decodeManifest, encodeManifest, type Manifest } from '../manifest.ts';
import { exampleModel } from '../testing/example-task.ts';
import { figuresOf, trainingFactsOf } from './figures.ts';

/** The manifest of a model with these facts, through its text. */
function manifestOf(facts: TrainingFacts): Manifest {
  const { manifest } = exampleModel();
  const { formatVersion: _, parts, ...draft } = manifest;
  const text = encodeManifest(
    {
      ...draft,
      model: { ...manifest.model, name: 'telco' },
      created: '2026-03-12T14:05:09.123Z',
      figures: figuresOf(facts),
      leaderboard: [...facts.leaderboard],
      metrics: {
        ...manifest.metrics,
        holdout: facts.holdout,
        further: facts.further,
        certainty: facts.certainty!.measured,
      },
      conformal: facts.certainty!.limits,
      fairness: [...facts.fairness!],
      threshold: facts.threshold,
      bands: facts.bands,
      gate: facts.gate,
      calibration: facts.calibration,
      notes: [...facts.notes],
      project: { profit: facts.profit },
    } as Parameters<typeof encodeManifest>[0],
    parts,
  );
  return decodeManifest('example', text);
}

test('figures: a report made from the manifest tells what the run itself told', async () => {
  const facts = fullFacts();
  const again = trainingFactsOf(manifestOf(facts))!;
  const { model, created, holdfastVersion, seed, source, target, units, leaderboard } = again;
  const page = await writeTrainingReport(again);
  assert.equal(
    page,
    // What names the run stands in the manifest under its own keys, which the example has its own of.
    await writeTrainingReport({
      ...facts,
      model,
      created,
      holdfastVersion,
      seed,
      source,
      target,
      units: units!,
      // Its parameters in the order of their names, as a manifest writes them.
      leaderboard,
    }),
  );
  assert.deepEqual(leaderboard, facts.leaderboard);
  assert.equal(model.learned, facts.model.learned);
  assert.equal(source.columns, facts.source.columns);
});

test('figures: what JSON cannot hold is null in the manifest, never a damaged file', () => {
  const facts = { ...fullFacts(), seconds: { fits: Number.NaN, wall: 1 } };
  assert.equal((figuresOf(facts) as { seconds: { fits: null } }).seconds.fits, null);
});

test('figures: a model from before they were kept has none; one that kept charts only is told without the rest', () => {
  const manifest = manifestOf(fullFacts());
  assert.equal(trainingFactsOf({ ...manifest, figures: null }), undefined);
  const {
    learned: _,
    columns: __,
    leftOut: ___,
    seconds: ____,
    overview: _____,
    ...charts
  } = figuresOf(fullFacts()) as Record<string, unknown>;
  const facts = trainingFactsOf({ ...manifest, figures: charts })!;
  assert.deepEqual([facts.model.learned, facts.leftOut, facts.overview], ['', [], undefined]);
  assert.ok(Number.isNaN(facts.seconds.wall) && facts.seconds.fits > 0);
});
