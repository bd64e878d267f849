/** Every metric of the hold-out with its interval and what it means. */
import type { MetricValue } from '../../evaluation/interval.ts';
import { coreMetrics } from '../../evaluation/metrics/all.ts';
import type { MetricInWords } from '../../evaluation/profit-metrics.ts';
import { metricText, shortRange } from '../format.ts';
import { furtherMeasures } from '../further-measures.ts';
import { type Html, html } from '../html.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function metricsSection(facts: Pick<TrainingFacts, 'holdout' | 'further' | 'profit'>): Section {
  const { holdout, profit } = facts;
  const further = furtherMeasures(facts);
  const body = html`<div class="card stack">${metricTable(
    'Metrics',
    coreMetrics.map((metric) => [metric, holdout[metric.jsonKey]]),
  )}
<p class="soft small">Accuracy, precision, recall and F1 stand at the threshold. The interval of ECE is about the error that remains when the lift that chance alone gives it is taken out; from 0.000 on it can’t be told from perfect calibration.</p></div>${
    further.length > 0 &&
    html`
<div class="card stack"><h3>Beside them</h3>${metricTable('Further metrics', further)}
<p class="soft small">Balanced accuracy and MCC stand at the threshold; lift and gain are about the first tenth and fifth of the list, by score.${profit && ' Money is per customer of the whole list, by the profit section of the project file.'}</p></div>`
  }`;
  return { id: 'metrics', title: 'How good it is, in figures', shortTitle: 'Figures', body };
}

const metricTable = (label: string, measures: readonly (readonly [MetricInWords, MetricValue])[]): Html =>
  tableBox(
    label,
    [headCell('Metric'), headCell('Value', 'number'), headCell('95% interval'), headCell('What it means')],
    measures.map(([metric, measured]) => {
      const write = (value: number): string => metricText(metric, value);
      return html`<tr><th scope="row">${metric.title.replaceAll(' ', '\u00a0')}</th><td class="n"><strong>${write(measured.value)}</strong></td><td class="ci">${shortRange(measured, write)}</td><td class="wide">${metric.about}</td></tr>
`;
    }),
    'fold',
  );
