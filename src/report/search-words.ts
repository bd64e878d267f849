/** How a search went, in sentences. */
import { metricInWords } from '../evaluation/profit-metrics.ts';
import { bestSoFar, type SearchFacts } from '../selection/search-history.ts';
import type { Outcome } from '../selection/search-method.ts';
import { count, countOf, decimal, listed, percent } from './format.ts';

/** How a trial ended, in the table of trials. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  whole: 'whole',
  behind: 'early, far behind',
  median: 'early, below median',
  diverged: 'diverged',
  cut: 'budget over',
};

/** Where a candidate came from, in the table of trials. */
export const originWords = {
  written: 'project file',
  drawn: 'drawn',
  defaults: 'defaults',
  earlier: 'earlier run',
  guessed: 'guess',
  repeated: 'again',
} as const;

const methodWords: Readonly<Record<string, string>> = {
  grid: 'Every combination was to be tried',
  random: 'Candidates were drawn from the ranges of their parameters',
  bayes: 'Candidates were guessed from the trials before them (Bayesian search)',
  auto: 'Families, their parameters and the preparation of columns were searched together',
  halving: 'Many candidates were tried on little, the best third of them on three times as much, and so on',
};

/** A grid that was tried whole is told by its candidates alone. */
export const isSearchTold = (search: SearchFacts | undefined): search is SearchFacts =>
  search !== undefined &&
  (search.method !== 'grid' || search.isCut || search.trials.some(({ outcome }) => outcome !== 'whole'));

/** Nothing where there is nothing to tell beside the candidates. */
export function searchSentence(search: SearchFacts | undefined): string {
  if (!isSearchTold(search)) return '';
  const { trials, isCut, most, method, rungs, resource, fromEarlierRuns, resumedFits, refitRows } = search;
  const ended = (...ways: Outcome[]) => trials.filter(({ outcome }) => ways.includes(outcome)).length;
  const [early, diverged, cut] = [ended('behind', 'median'), ended('diverged'), ended('cut')];
  const curve = bestSoFar(search);
  const last = curve.at(-1);
  const found = last && curve.find(({ best }) => best === last.best)!.trial;
  return [
    `${methodWords[method] ?? 'Candidates were searched'}: ${countOf(trials.length, 'trial')}.`,
    early > 0 && `${early} ended before ${early === 1 ? 'its' : 'their'} last fold, hopelessly behind.`,
    diverged > 0 &&
      `${diverged} grew beyond all bounds while ${diverged === 1 ? 'it' : 'they'} learned: no ${diverged === 1 ? 'candidate' : 'candidates'}.`,
    rungs.length > 1 &&
      `${listed(rungs.map(({ share, trials: tried }) => `${tried} on ${percent(share, 0)} of the ${resource}`))}.`,
    last &&
      `The best ${metricInWords(search.metric).title}${method === 'auto' ? ' of a single one' : ''}, ${decimal(last.best, 4)}, was found by trial ${found}.`,
    fromEarlierRuns > 0 && `${countOf(fromEarlierRuns, 'candidate')} came from earlier runs of the project.`,
    resumedFits > 0 && `${countOf(resumedFits, 'fit')} had been done by a run that was interrupted.`,
    method === 'auto' && !isCut && trials.length < most && 'It ended when nothing more was gained.',
    isCut &&
      (cut === 0
        ? 'The budget ended the search.'
        : `The budget ended the search, and ${countOf(cut, 'trial')} before ${cut === 1 ? 'its' : 'their'} last fold: ${cut === 1 ? 'it is' : 'they are'} not among the candidates.`),
    refitRows !== undefined &&
      `What was found was fitted once more on all ${count(refitRows)} rows that are not held out: that model is the one saved and judged on the hold-out; threshold and certainty come from the fit before, which had not seen the validation part.`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
