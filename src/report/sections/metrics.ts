/** Every metric of the hold-out with its interval and what it means. */
import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { metricText, shortRange } from '../format.ts';
import { html } from '../html.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function metricsSection({ holdout }: Pick<TrainingFacts, 'holdout'>): Section {
  const rows = coreMetrics.map((metric) => {
    const measured = holdout[metric.jsonKey];
    const write = (value: number): string => metricText(metric, value);
    return html`<tr><th scope="row">${metric.title.replaceAll(' ', '\u00a0')}</th><td class="n"><strong>${write(measured.value)}</strong></td><td class="ci">${shortRange(measured, write)}</td><td class="wide">${metric.about}</td></tr>
`;
  });
  const body = html`<div class="card stack">${tableBox(
    'Metrics',
    [headCell('Metric'), headCell('Value', 'number'), headCell('95% interval'), headCell('What it means')],
    rows,
    'fold',
  )}
<p class="soft small">Accuracy, precision, recall and F1 stand at the threshold. The interval of ECE is about the error that remains when the lift that chance alone gives it is taken out; from 0.000 on it can’t be told from perfect calibration.</p></div>`;
  return { id: 'metrics', title: 'How good it is, in figures', shortTitle: 'Figures', body };
}
