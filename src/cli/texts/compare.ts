/** What a person reads of two models beside each other. */
import { countOf } from '../../base/text.ts';
import type { MetricValue } from '../../evaluation/interval.ts';
import type { ComparedMetric, ComparedModel, ModelComparison } from '../../tasks/compare.ts';
import { fixed, formatInterval, formatTable } from '../format.ts';

const nameOf = ({ name, label }: ComparedModel): string => `${name} ${label}`;

export function compareText({ first, second, data, metrics, remarks }: ModelComparison): string {
  const on =
    data === null
      ? ''
      : ` on the same ${countOf(data.rows, 'customer')}${data.rows < data.of ? ` of ${data.of}` : ''}`;
  return [
    `First   ${nameOf(first)}`,
    `Second  ${nameOf(second)}${on}`,
    data === null ? besideTable(metrics) : pairedTable(metrics),
    ...(data === null || first.id === second.id ? [] : [verdict(metrics)]),
    ...remarks,
  ].join('\n');
}

const besideTable = (metrics: readonly ComparedMetric[]): string =>
  formatTable(
    ['metric', 'first', '95% interval', 'second', '95% interval'],
    metrics.map(({ title, first, second }) => [
      title,
      fixed(first.value, 3),
      formatInterval(first),
      fixed(second.value, 3),
      formatInterval(second),
    ]),
    [1, 3],
  );

const pairedTable = (metrics: readonly ComparedMetric[]): string =>
  formatTable(
    ['metric', 'first', 'second', 'difference', '95% interval', 'better'],
    metrics.map(({ title, first, second, difference, better }) => [
      title,
      fixed(first.value, 3),
      fixed(second.value, 3),
      signed((difference as MetricValue).value),
      `${signed((difference as MetricValue).low)} to ${signed((difference as MetricValue).high)}`,
      better ?? 'not proven',
    ]),
    [1, 2, 3],
  );

/** `+0.012`; a difference that rounds to nothing has no sign. */
const signed = (value: number): string => {
  const text = fixed(value, 3);
  return Number(text) > 0 ? `+${text}` : text.replace('-0.000', '0.000');
};

function verdict(metrics: readonly ComparedMetric[]): string {
  const { better, difference } = metrics.find(({ metric }) => metric === 'rocAuc')!;
  if (better !== null) return `By ROC-AUC the ${better} is better, with 95% confidence.`;
  const { low, high } = difference!;
  return `By ROC-AUC neither is proven better: the difference lies between ${signed(low)} and ${signed(high)} with 95% confidence.`;
}
