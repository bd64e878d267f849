/** Who was flagged rightly and wrongly at the threshold: four fields with their counts. */
import { count, percent } from '../format.ts';
import { light as colour } from '../palette.ts';
import { decisionsOf } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { type Chart, chartWidth, fontSize, plotGrid } from './chart.ts';

const fieldWidth = 158;
const fieldHeight = 96;

export function confusionChart({
  confusion,
  threshold,
}: Pick<TrainingFacts, 'confusion' | 'threshold'>): Chart {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion;
  const { rows } = decisionsOf(confusion);
  const fields = [
    { x: 0, y: 0, value: truePositives, words: 'found', isRight: true },
    { x: 1, y: 0, value: falsePositives, words: 'bothered for nothing', isRight: false },
    { x: 0, y: 1, value: falseNegatives, words: 'missed', isRight: false },
    { x: 1, y: 1, value: trueNegatives, words: 'rightly left alone', isRight: true },
  ];
  const axis = {
    type: 'category' as const,
    axisLabel: { color: colour.soft, fontSize, interval: 0 },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  return {
    id: 'confusion',
    title: 'Right and wrong decisions',
    description: `At the threshold of ${percent(threshold.value)}: ${fields.map(({ value, words }) => `${count(value)} ${words}`).join(', ')}.`,
    width: chartWidth,
    height: 2 * fieldHeight + 60,
    option: {
      grid: plotGrid({ left: 96, right: 20, top: 40, bottom: 14 }),
      xAxis: { ...axis, position: 'top', data: ['Left', 'Stayed'] },
      yAxis: { ...axis, inverse: true, data: ['Flagged', 'Not flagged'] },
      series: fields.map(({ x, y, value, words, isRight }) => ({
        type: 'scatter' as const,
        symbol: 'rect',
        symbolSize: [fieldWidth, fieldHeight],
        data: [[x, y]],
        itemStyle: {
          color: isRight ? colour.goodTint : colour.badTint,
          borderColor: isRight ? colour.good : colour.bad,
          borderWidth: 1,
          opacity: 1,
        },
        label: {
          show: true,
          formatter: () => `${count(value)}\n${words}\n${percent(value / rows)} of all`,
          position: 'inside' as const,
          color: isRight ? colour.good : colour.bad,
          fontSize,
          lineHeight: 20,
        },
      })),
    },
  };
}
