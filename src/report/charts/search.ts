/**
 * The trials of a search one after the other, and the best so far: whether going on was still worth it.
 *
 * A trial that ended early stands as far from the best as it was on the folds that it saw: folds differ more than trials.
 */
import { metricInWords } from '../../evaluation/profit-metrics.ts';
import { meanOf } from '../../selection/one-standard-error.ts';
import { bestSoFar, type SearchFacts, type TrialFacts } from '../../selection/search-history.ts';
import { countOf, decimal } from '../format.ts';
import { light as colour } from '../palette.ts';
import {
  axisNumber,
  type Chart,
  chartHeight,
  chartWidth,
  dots,
  mainLine,
  numberAxis,
  type Point,
  plotGrid,
  roundScale,
} from './chart.ts';

/** Undefined where no trial was tried whole, or only one: there is no way to draw. */
export function searchChart(search: SearchFacts): Chart | undefined {
  const curve = bestSoFar(search);
  const best = curve.at(-1)?.best;
  if (best === undefined || search.trials.length < 2) return undefined;
  const metric = metricInWords(search.metric);
  const first = curve.find((one) => one.best === best)!;
  const { folds } = search.trials.find(({ number }) => number === first.trial)!;
  const heightOf = (trial: TrialFacts): number =>
    best + meanOf(trial.folds) - meanOf(folds.slice(0, trial.folds.length));
  const near = search.trials.filter((trial) => trial.mean !== null && isNear(heightOf(trial), best));
  const isFull = ({ outcome, share }: TrialFacts): boolean => outcome === 'whole' && share === 1;
  const at = (trial: TrialFacts): Point => [trial.number, heightOf(trial)];
  // A first trial that knows nothing would flatten the rest.
  const line = stepsOf(
    curve.filter((one) => isNear(one.best, best)),
    search.trials.length,
  );
  const ys = [...near.map(at), ...line].map(([, y]) => y);
  const full = near.filter(isFull);
  const others = near.filter((trial) => !isFull(trial));
  return {
    id: 'search',
    title: 'The search',
    description: `${countOf(search.trials.length, 'trial')} by mean ${metric.title}. The best so far goes from ${decimal(curve[0]!.best, 4)} to ${decimal(best, 4)}, found by trial ${first.trial}.`,
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid({ left: 62 }),
      xAxis: numberAxis(
        'Trial',
        'x',
        axisNumber,
        wholeSteps(roundScale(0, Math.max(...search.trials.map(({ number }) => number)))),
      ),
      yAxis: numberAxis(metric.title, 'y', axisNumber, roundScale(Math.min(...ys), Math.max(...ys))),
      series: [
        dots(others.map(at), colour.reference, 5),
        dots(full.map(at), colour.reference, 9),
        mainLine(line),
        dots([[first.trial, best]], colour.accent, 12),
      ],
    },
  };
}

/** Trials so far behind that the others would melt into one dot are not drawn. */
const isNear = (mean: number, best: number): boolean => Math.abs(best - mean) <= 0.2 * Math.abs(best);

/** The best so far holds until a better one is found. */
function stepsOf(curve: readonly { readonly trial: number; readonly best: number }[], end: number): Point[] {
  const points: Point[] = [];
  for (const { trial, best } of curve) {
    const before = points.at(-1)?.[1];
    if (before !== undefined && before !== best) points.push([trial, before]);
    if (before !== best) points.push([trial, best]);
  }
  return [...points, [end, curve.at(-1)!.best]];
}

/** There is no half trial. */
const wholeSteps = ({ min, max, interval }: ReturnType<typeof roundScale>) => ({
  min,
  max: Math.ceil(max),
  interval: Math.max(1, Math.ceil(interval)),
});
