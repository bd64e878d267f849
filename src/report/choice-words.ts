/** Why the chosen candidate was chosen, in sentences. */
import { metricInWords } from '../evaluation/profit-metrics.ts';
import type { LeaderboardRow, Member } from '../selection/leaderboard.ts';
import { deviationOf, meanOf } from '../selection/one-standard-error.ts';
import { countOf, decimal, listed, modelName } from './format.ts';

/** Why the chosen candidate is the chosen one. */
export function choiceSentences(leaderboard: readonly LeaderboardRow[]): string {
  const chosen = leaderboard.find((row) => row.chosen);
  const best = leaderboard[0];
  if (!chosen || !best) return 'No candidate was compared.';
  const metric = metricInWords(best.metric);
  const name = `${modelName(chosen.model)} (rank ${chosen.rank} of ${leaderboard.length})`;
  const folds = best.folds.length;
  if (leaderboard.length === 1)
    return `${modelName(chosen.model)} was the only candidate: ${metric.title} ${decimal(chosen.mean)} on average over ${folds} folds.`;
  const sign = metric.higherIsBetter ? 1 : -1;
  if (chosen === best) {
    const other = leaderboard.find(({ model }) => model !== best.model);
    const behind = other && lagOf(best, other, sign);
    const distance =
      behind === undefined
        ? ''
        : ` The nearest of another family, ${modelName(other!.model).toLowerCase()} (rank ${other!.rank}), is ${decimal(behind.mean, 4)} behind; the standard error of that difference, fold by fold, is ${decimal(behind.error, 4)}.`;
    return `${name} was chosen: it has the best mean ${metric.title}, ${decimal(best.mean)} over ${folds} folds, and no simpler candidate was taken in its place.${distance}${membersSentence(chosen)}`;
  }
  const { mean, error } = lagOf(best, chosen, sign);
  if (chosen.chosenFor === 'log-loss')
    return `${name} was chosen. Rank 1, ${modelName(best.model).toLowerCase()}, has the best mean ${metric.title}, ${decimal(best.mean, 4)}, ${decimal(mean, 4)} more; the standard error of that difference, fold by fold, is ${decimal(error, 4)}. The best of many owes some of its lead to luck, so the two rank equally well, and the probabilities of the chosen one are the better ones (a smaller log loss).${membersSentence(chosen)}`;
  return `${name} was chosen by the one-standard-error rule. Rank 1, ${modelName(best.model).toLowerCase()}, has the best mean ${metric.title}, ${decimal(best.mean, 4)}. The chosen one trails it by ${decimal(mean, 4)} on the same ${folds} folds, which is within one standard error of their difference, fold by fold, ${decimal(error, 4)}: the lead may be luck, so the simpler of the two is taken.${membersSentence(chosen)}`;
}

/** What an ensemble is made of; nothing of a single model. */
function membersSentence({ members }: LeaderboardRow): string {
  if (!members) return '';
  const times = Map.groupBy(members, ({ model }) => model);
  const kinds = [...times].map(([model, some]) => `${modelName(model)}${toldTimes(some)}`);
  return ` It asks ${members.length} of the models that were tried and weighs what they say: ${listed(kinds)}.`;
}

/** `(2 times, 5 votes)` of one kind of model. */
function toldTimes(some: readonly Member[]): string {
  const votes = some.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const told = [
    ...(some.length > 1 ? [`${some.length} times`] : []),
    ...(votes > 0 ? [countOf(votes, 'vote')] : []),
  ];
  return told.length > 0 ? ` (${told.join(', ')})` : '';
}

/** How far a candidate is behind the best on the same folds, and the standard error of that difference. */
function lagOf(best: LeaderboardRow, other: LeaderboardRow, sign: number): { mean: number; error: number } {
  const differences = best.folds.map((value, fold) => sign * (value - other.folds[fold]!));
  return { mean: meanOf(differences), error: deviationOf(differences) / Math.sqrt(differences.length) };
}
