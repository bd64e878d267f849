/**
 * Which way each column pushes, customer by customer: a dot a customer, to the right where the column raises the risk.
 * The colour tells whether the customer's value is among the lowest, the middle or the highest third.
 */
import { decimal, listed } from '../format.ts';
import { cleanText } from '../html.ts';
import { light as colour } from '../palette.ts';
import {
  axisNumber,
  type Chart,
  fontSize,
  nameAxis,
  numberAxis,
  type Point,
  plotGrid,
  roomForNames,
  roundScale,
  whiskers,
} from './chart.ts';

/** One column's dots. They stand in an order of their own: no customer can be put together from several columns. */
export interface SwarmColumn {
  readonly column: string;
  /** What the column adds for each customer, on the scale of `link`. */
  readonly values: readonly number[];
  /** Share of the customers with a lower value of the column, 0 to 1; null where values have no order or are missing. */
  readonly places: readonly (number | null)[];
}

export interface SwarmFacts {
  readonly link: 'logit' | 'probability';
  readonly rows: number;
  /** Strongest first. */
  readonly columns: readonly SwarmColumn[];
}

export const mostSwarms = 10;
const width = 640;
const rowHeight = 40;
const right = 24;
const dotSize = 5;
/** Dots of a column are spread over at most this share of its row. */
const spread = 0.8;
/** Bins across the plot; dots of one bin stand side by side. */
const bins = 90;

export function beeswarmChart({ link, rows, columns }: SwarmFacts): Chart {
  const shown = columns.slice(0, mostSwarms);
  const all = shown.flatMap(({ values }) => values);
  const scale = roundScale(Math.min(0, ...all), Math.max(0, ...all), 5);
  const dots = shown.flatMap((column, i) => swarm(column, i, scale));
  const isShare = link === 'probability';
  const strongest = shown.slice(0, 3).map(({ column, values }) => {
    const mean = values.reduce((total, value) => total + Math.abs(value), 0) / Math.max(1, values.length);
    return `${cleanText(column)} ${isShare ? `${decimal(100 * mean, 1)} points` : decimal(mean, 2)}`;
  });
  const names = shown.map(({ column }) => column);
  // Shorter lines than 0.8 points are not drawn.
  const speck = (0.4 * (scale.max - scale.min)) / (width - roomForNames(names) - right);
  return {
    id: 'beeswarm',
    title: 'How columns push the score',
    description: `What each column adds to the score of ${rows} customers. Strongest on average: ${listed(strongest)}.`,
    width,
    height: 82 + rowHeight * shown.length,
    option: {
      grid: plotGrid({ left: roomForNames(names), top: 34, right }),
      xAxis: [
        numberAxis(
          isShare ? 'Adds to the churn probability (points)' : 'Adds to the churn score (log-odds)',
          'x',
          (value) => axisNumber(isShare ? 100 * value : value),
          scale,
        ),
      ],
      yAxis: [nameAxis(names), { type: 'value', min: 0, max: shown.length, inverse: true, show: false }],
      series: [
        {
          type: 'line',
          yAxisIndex: 1,
          data: [
            [0, 0],
            [0, shown.length],
          ],
          showSymbol: false,
          lineStyle: { color: colour.reference, width: 1.5 },
          itemStyle: { color: colour.reference },
          z: 2,
        },
        ...tones.map(({ tone, color }) => ({
          // Lines of hardly any length with round ends: a fifth of the bytes of as many circles.
          ...whiskers(
            dots
              .filter((dot) => dot.tone === tone)
              .map(({ at: [x, y] }): [Point, Point] => [
                [x - speck, y],
                [x + speck, y],
              ]),
            color,
            dotSize,
          ),
          yAxisIndex: 1,
          z: 3,
        })),
        ...keyAbove(scale),
      ],
    },
  };
}

type Tone = 'low' | 'middle' | 'high';
const tones: readonly { readonly tone: Tone; readonly color: string; readonly word: string }[] = [
  { tone: 'low', color: colour.accent, word: 'low value' },
  { tone: 'middle', color: colour.reference, word: 'middle, or no order' },
  { tone: 'high', color: colour.mark, word: 'high value' },
];

const toneOf = (place: number | null): Tone => {
  if (place === null) return 'middle';
  if (place < 1 / 3) return 'low';
  return place > 2 / 3 ? 'high' : 'middle';
};

/** Dots of equal place stand above and below the middle of their row in turn. */
function swarm(
  { values, places }: SwarmColumn,
  row: number,
  { min, max }: { readonly min: number; readonly max: number },
): { at: Point; tone: Tone }[] {
  const binOf = (value: number): number => Math.round(((value - min) / (max - min)) * bins);
  const counts = new Map<number, number>();
  for (const value of values) counts.set(binOf(value), (counts.get(binOf(value)) ?? 0) + 1);
  const widest = Math.max(1, ...counts.values());
  const step = Math.min(0.09, spread / widest);
  const met = new Map<number, number>();
  return values.map((value, i) => {
    const bin = binOf(value);
    const nth = met.get(bin) ?? 0;
    met.set(bin, nth + 1);
    const away = Math.ceil(nth / 2) * (nth % 2 === 0 ? 1 : -1);
    return { at: [value, row + 0.5 + away * step], tone: toneOf(places[i] ?? null) };
  });
}

/** What the colours mean, in words above the plot. */
const keyAbove = ({ min, max }: { readonly min: number; readonly max: number }) =>
  tones.map(({ color, word }, i) => ({
    type: 'scatter' as const,
    yAxisIndex: 1,
    clip: false,
    data: [[min + (max - min) * [0, 0.26, 0.7][i]!, -0.35]],
    symbolSize: 9,
    itemStyle: { color, opacity: 1 },
    label: { show: true, formatter: () => word, position: 'right' as const, color: colour.soft, fontSize },
    z: 6,
  }));
