/** Who made what, when and from what; and how to make it again. */
import { toldParams } from '../../selection/leaderboard.ts';
import { dateTime, duration, modelName, paramsText } from '../format.ts';
import { html } from '../html.ts';
import { factList, type Section } from '../page-frame.ts';
import { thresholdInShort } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function modelCardSection(facts: TrainingFacts): Section {
  const { model, created, holdfastVersion, seed, source, target, threshold, leaderboard, seconds, search } =
    facts;
  const chosen = leaderboard.find((row) => row.chosen);
  const body = html`<div class="card whole">${factList([
    ['Name', model.name],
    ['Label', html`<code>${model.label}</code>`],
    ['Id', html`<code>${model.id}</code>`],
    ['Description', model.description],
    ['Author', model.author],
    ['Created', dateTime(created)],
    ['Model', chosen ? modelName(chosen.model) : null],
    ['Parameters', chosen ? paramsText(toldParams(chosen)) || 'none' : null],
    ['Threshold', `${Number(threshold.value.toPrecision(6))} (${thresholdInShort[threshold.by]})`],
    ['Data', html`<code>${source.name}</code>`],
    ['Target', html`<code>${target.column}</code> is <code>${target.churned}</code>`],
    ['Seed', String(seed)],
    ['Time', `${duration(seconds.wall)}, of it ${duration(seconds.fits)} of CPU time in fits`],
    ['Holdfast', holdfastVersion],
    [
      'To repeat',
      search?.isCut
        ? 'A budget ended the search, so the same run may come to other trials. Each trial repeats to the byte, and with a number of trials in place of the budget so does the whole run.'
        : 'With the same data, project file and seed the pipeline, its weights, reference and golden rows are the same to the byte, on any machine and with any number of threads.',
    ],
  ])}</div>`;
  return { id: 'card', title: 'Model card', body };
}
