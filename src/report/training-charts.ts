/** Every chart of a training report: pages embed them, `report --out` writes them as files. */
import { beeswarmChart } from './charts/beeswarm.ts';
import { calibrationChart } from './charts/calibration.ts';
import type { Chart } from './charts/chart.ts';
import { confusionChart } from './charts/confusion.ts';
import { dependenceChart } from './charts/dependence.ts';
import { gainChart } from './charts/gain.ts';
import { importanceChart } from './charts/importance.ts';
import { leaderboardChart } from './charts/leaderboard.ts';
import { liftChart } from './charts/lift.ts';
import { prChart } from './charts/pr.ts';
import { profitChart } from './charts/profit.ts';
import { rocChart } from './charts/roc.ts';
import { searchChart } from './charts/search.ts';
import { textFor } from './overview-words.ts';
import { isSearchTold } from './search-words.ts';
import type { TrainingFacts } from './training-facts.ts';

/** Without those that would be empty. */
export function trainingCharts(facts: TrainingFacts): Chart[] {
  const { contributions, leaderboard, importance, curves } = facts;
  const searched = isSearchTold(facts.search) ? searchChart(facts.search) : undefined;
  const moves = importance.some(({ value }) => value !== 0);
  return [
    gainChart(facts),
    liftChart(facts),
    ...(curves.profit ? [profitChart(curves.profit, facts)] : []),
    rocChart(facts),
    prChart(facts),
    calibrationChart(facts),
    confusionChart(facts),
    ...(leaderboard.length > 0 ? [leaderboardChart(leaderboard)] : []),
    ...(searched ? [searched] : []),
    ...(moves ? [importanceChart(facts)] : []),
    ...(contributions && contributions.columns.length > 0 ? [beeswarmChart(contributions)] : []),
    ...dependenceCharts(facts),
  ];
}

/** Two columns may differ only in letters that a file's name can't hold: the second is told by a number. */
export function dependenceCharts({
  dependence = [],
  units,
}: Pick<TrainingFacts, 'dependence' | 'units'>): Chart[] {
  const met = new Map<string, number>();
  return dependence.map((one) => {
    const chart = dependenceChart(one, textFor(units, one.column));
    const nth = (met.get(chart.id) ?? 0) + 1;
    met.set(chart.id, nth);
    return nth === 1 ? chart : { ...chart, id: `${chart.id}-${nth}` };
  });
}
