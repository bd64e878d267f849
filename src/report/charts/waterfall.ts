/** From the average customer to this one: what each column adds or takes away, strongest first. */
import { decimal, listed, percent, shorten } from '../format.ts';
import { cleanText } from '../html.ts';
import { light as colour } from '../palette.ts';
import {
  axisNumber,
  type Chart,
  fontSize,
  numberAxis,
  type Point,
  plotGrid,
  roundScale,
  whiskers,
} from './chart.ts';

export interface WaterfallFacts {
  /** The scale on which base and parts add up. */
  readonly link: 'logit' | 'probability';
  readonly base: number;
  /** P(churn) of the average customer and of this one. */
  readonly baseProbability: number;
  readonly probability: number;
  /** What each column adds: all of them, in any order. */
  readonly parts: readonly { readonly label: string; readonly contribution: number }[];
}

/** More bars than this say no more; the rest stand together as one. */
export const mostParts = 10;
const width = 640;
const rowHeight = 30;
const longestLabel = 40;

interface Bar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

export function waterfallChart(facts: WaterfallFacts): Chart {
  const bars = barsOf(facts);
  const end = bars.at(-1)?.to ?? facts.base;
  const ends = [facts.base, end, ...bars.map(({ to }) => to)];
  const scale = roundScale(Math.min(...ends), Math.max(...ends), 5);
  const names = ['Average customer', ...bars.map(({ label }) => label), 'This customer'];
  const last = names.length - 1;
  const isShare = facts.link === 'probability';
  const write = (value: number): string => (isShare ? `${axisNumber(100 * value)}%` : axisNumber(value));
  const change = (value: number): string =>
    `${value < 0 ? '−' : '+'}${isShare ? decimal(100 * Math.abs(value), 1) : decimal(Math.abs(value), 2)}`;
  const raising = bars.filter(({ from, to }) => to > from).slice(0, 3);
  const lowering = bars.filter(({ from, to }) => to < from).slice(0, 3);
  return {
    id: 'waterfall',
    title: 'Why this score',
    description: [
      `The average customer has ${percent(facts.baseProbability)}, this one ${percent(facts.probability)}.`,
      raising.length > 0 && `Raised most by ${listed(raising.map(({ label }) => cleanText(label)))}.`,
      lowering.length > 0 && `Lowered most by ${listed(lowering.map(({ label }) => cleanText(label)))}.`,
    ]
      .filter(Boolean)
      .join(' '),
    width,
    height: 66 + rowHeight * names.length,
    option: {
      grid: plotGrid({
        left: 20 + 7.4 * Math.max(16, ...names.map((name) => shown(name).length)),
        top: 10,
        right: 64,
      }),
      xAxis: numberAxis(isShare ? 'Churn probability' : 'Churn score (log-odds)', 'x', write, scale),
      yAxis: {
        type: 'category',
        inverse: true,
        data: names.map((name, i) => ({
          value: shown(name),
          textStyle:
            i === 0 || i === last ? { color: colour.ink, fontWeight: 'bold' } : { color: colour.soft },
        })),
        axisLabel: { fontSize, interval: 0 },
        axisLine: { show: false },
        axisTick: { show: false },
      },
      series: [
        thin(steps(facts.base, bars), colour.reference),
        thick(bars.filter(isRaise), bars, colour.mark),
        thick(
          bars.filter((bar) => !isRaise(bar)),
          bars,
          colour.accent,
        ),
        labels(
          bars.filter(isRaise).map((bar) => [bar.to, bars.indexOf(bar) + 1, change(bar.to - bar.from)]),
          colour.mark,
          'right',
        ),
        labels(
          bars
            .filter((bar) => !isRaise(bar))
            .map((bar) => [bar.from, bars.indexOf(bar) + 1, change(bar.to - bar.from)]),
          colour.accent,
          'right',
        ),
        labels(
          [
            [facts.base, 0, percent(facts.baseProbability)],
            [end, last, percent(facts.probability)],
          ],
          colour.ink,
          'right',
        ),
        {
          type: 'scatter',
          data: [
            [facts.base, 0],
            [end, last],
          ],
          symbolSize: 11,
          itemStyle: { color: colour.ink, opacity: 1 },
          z: 5,
        },
      ],
    },
  };
}

const shown = (name: string): string => shorten(cleanText(name), longestLabel);
const isRaise = ({ from, to }: Bar): boolean => to >= from;

/** Where each bar begins and ends; those beyond `mostParts` together as the last. */
function barsOf({ base, parts }: WaterfallFacts): Bar[] {
  const ordered = parts
    .filter(({ contribution }) => contribution !== 0)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const kept = ordered.length > mostParts + 1 ? ordered.slice(0, mostParts) : ordered;
  const rest = ordered.slice(kept.length);
  const all =
    rest.length === 0
      ? kept
      : [
          ...kept,
          {
            label: `${rest.length} other columns`,
            contribution: rest.reduce((total, { contribution }) => total + contribution, 0),
          },
        ];
  let at = base;
  return all.map(({ label, contribution }) => {
    const from = at;
    at += contribution;
    return { label, from, to: at };
  });
}

/** The thin lines that lead from the end of one bar to the beginning of the next. */
const steps = (base: number, bars: readonly Bar[]): [Point, Point][] =>
  [base, ...bars.map(({ to }) => to)].map((at, i) => [
    [at, i],
    [at, i + 1],
  ]);

const thin = (ranges: readonly [Point, Point][], color: string) => ({ ...whiskers(ranges, color, 1), z: 2 });

/** Bars as thick lines: they may begin anywhere, which bars of a chart can't. */
const thick = (some: readonly Bar[], all: readonly Bar[], color: string) => {
  const line = whiskers(
    some.map((bar): [Point, Point] => [
      [bar.from, all.indexOf(bar) + 1],
      [bar.to, all.indexOf(bar) + 1],
    ]),
    color,
    15,
  );
  return { ...line, lineStyle: { ...line.lineStyle, cap: 'butt' as const } };
};

const labels = (
  points: readonly (readonly [x: number, y: number, text: string])[],
  color: string,
  position: 'left' | 'right',
) => ({
  type: 'scatter' as const,
  data: points.map(([x, y]) => [x, y]),
  symbolSize: 1,
  itemStyle: { color: 'none', opacity: 1 },
  z: 6,
  label: {
    show: true,
    formatter: ({ dataIndex }: { dataIndex: number }) => points[dataIndex]![2],
    position,
    distance: 8,
    color,
    fontSize,
    textBorderColor: colour.card,
    textBorderWidth: 3,
  },
});
