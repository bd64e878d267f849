import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSearchTold, searchSentence } from './search-words.ts';
import { syntheticSearch } from './testing/synthetic-search.ts';

test('search sentence: how it was searched, what ended early, when the best was found, what came from earlier runs', () => {
  assert.equal(
    searchSentence(syntheticSearch()),
    'Candidates were guessed from the trials before them (Bayesian search): 12 trials. 2 ended before their last fold, hopelessly behind. The best ROC-AUC, 0.8412, was found by trial 11. 1 candidate came from earlier runs of the project.',
  );
});

test('search sentence: rungs, an interruption and a budget are told', () => {
  const rungs = [
    { share: 1 / 9, trials: 27 },
    { share: 1 / 3, trials: 9 },
    { share: 1, trials: 3 },
  ];
  const halved = syntheticSearch({
    method: 'halving',
    resource: 'rows',
    rungs,
    isCut: true,
    resumedFits: 7,
    fromEarlierRuns: 0,
    trials: syntheticSearch().trials.slice(0, 2),
  });
  assert.equal(
    searchSentence(halved),
    'Many candidates were tried on little, the best third of them on three times as much, and so on: 2 trials. 27 on 11% of the rows, 9 on 33% of the rows and 3 on 100% of the rows. The best ROC-AUC, 0.8100, was found by trial 2. 7 fits had been done by a run that was interrupted. The budget ended the search.',
  );
});

test('search sentence: trials that the budget cut are told apart from those that were tried', () => {
  const [first, ...others] = syntheticSearch().trials;
  const cut = (count: number) =>
    searchSentence(
      syntheticSearch({
        method: 'auto',
        isCut: true,
        trials: [first!, ...others.slice(0, count).map((trial) => ({ ...trial, outcome: 'cut' as const }))],
      }),
    );
  assert.match(
    cut(1),
    /2 trials\..*The budget ended the search, and 1 trial before its last fold: it is not among the candidates\./,
  );
  assert.match(
    cut(3),
    /4 trials\..* and 3 trials before their last fold: they are not among the candidates\./,
  );
});

test('search sentence: trials that diverged are told', () => {
  const [first, second, ...others] = syntheticSearch().trials;
  const wild = { ...second!, outcome: 'diverged' as const, folds: [], mean: null };
  assert.match(
    searchSentence(syntheticSearch({ method: 'grid', trials: [first!, wild, ...others] })),
    /12 trials\..* 1 grew beyond all bounds while it learned: no candidate\. /,
  );
});

test('search sentence: a grid that was tried whole is told by its candidates alone', () => {
  const whole = syntheticSearch({ method: 'grid', trials: syntheticSearch().trials.slice(0, 6) });
  assert.equal(searchSentence(whole), '');
  assert.equal(isSearchTold(whole), false);
  assert.equal(isSearchTold(undefined), false);
  assert.ok(isSearchTold({ ...whole, isCut: true }));
  assert.ok(isSearchTold({ ...whole, trials: syntheticSearch().trials }));
});

test('search sentence: what was found and fitted once more says on how many rows', () => {
  assert.match(
    searchSentence(syntheticSearch({ method: 'auto', refitRows: 5987 })),
    /fitted once more on all 5,987 rows that are not held out: that model is the one saved and judged/,
  );
});
