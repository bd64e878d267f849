/** The metrics in money: they exist only with the `profit` section of the project file. */
import { ParamError } from '../base/errors.ts';
import type { Metric } from './definition.ts';
import { expectedProfit, expectedProfitInWords } from './expected-profit.ts';
import { metricById } from './metrics/all.ts';
import { profitAtThreshold } from './profit-at-threshold.ts';
import type { ProfitSection } from './section.ts';

export const profitMetrics = (profit: ProfitSection) =>
  [expectedProfit(profit), profitAtThreshold(profit)] as const;

/** What candidates are compared by: the metric of an id, `expected-profit` being that of the profit section. */
export function searchMetric(id: string, profit: ProfitSection | undefined): Metric {
  return id === 'expected-profit'
    ? expectedProfit(requireProfit(`train.metric: ${id}`, profit))
    : metricById(id);
}

/** How a metric is called and read: enough for a page, and known without the figures of a campaign. */
export type MetricInWords = Pick<Metric, 'id' | 'title' | 'jsonKey' | 'about' | 'higherIsBetter'>;

export const metricInWords = (id: string): MetricInWords =>
  id === expectedProfitInWords.id ? expectedProfitInWords : metricById(id);

/** The profit section; throws `param.value` in the name of the setting that needs it. */
export function requireProfit(who: string, profit: ProfitSection | undefined): ProfitSection {
  if (profit) return profit;
  throw new ParamError(
    'param.value',
    `${who}: needs the profit section, got none; add profit: { offer, contact, lifetimeValue }`,
    { who, param: 'profit' },
  );
}
