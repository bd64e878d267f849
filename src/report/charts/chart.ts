/**
 * What a chart is, and the parts that charts share: axes, lines, marks and their words.
 *
 * A chart is a definition, not a picture: reports draw it to SVG, a dashboard can draw the same option live. Words
 * stand beside what they name; there are no legends.
 */
import type { EChartsCoreOption } from 'echarts/core';
import { decimal, shorten } from '../format.ts';
import { cleanText } from '../html.ts';
import { light as colour } from '../palette.ts';

export interface Chart {
  /** Kebab-case; unique within a page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence with its main figures, for those who can't see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

/** Small enough that its letters are still read on a telephone. */
export const chartWidth = 440;
export const chartHeight = 330;
export const fontSize = 14;

export type Point = readonly [x: number, y: number];
type Place = 'left' | 'right' | 'top' | 'bottom' | 'inside';

/** The room of the plot inside the picture. */
export const plotGrid = (sides: Partial<Record<'left' | 'right' | 'top' | 'bottom', number>> = {}) => ({
  left: 50,
  right: 20,
  top: 38,
  bottom: 48,
  outerBoundsMode: 'none' as const,
  ...sides,
});

/** Ends and step of an axis that holds `low` and `high`, with round numbers at about `steps` places. */
export function roundScale(low: number, high: number, steps = 5) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Ends that differ by rounding only are one value.
  const span = high - low > 1e-9 * size ? high - low : size || 1;
  const rough = span / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = power * ([1, 2, 2.5, 5].find((step) => step * power >= rough * 0.999) ?? 10);
  const min = Math.floor(low / interval + 1e-9) * interval;
  const max = Math.ceil(high / interval - 1e-9) * interval;
  return { min, max: max > min ? max : min + interval, interval };
}

/** A number of such an axis, without digits that the step doesn't need. */
export const axisNumber = (value: number): string =>
  decimal(value, 4)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** The room that the longest of the names beside an axis needs. */
export const roomForNames = (names: readonly string[]): number =>
  20 + 7.8 * Math.max(6, ...names.map((name) => [...shorten(cleanText(name), longestName)].length));
const longestName = 24;

const axisWords = { color: colour.soft, fontSize };

/** An axis of numbers with its name below it, or above it where it is vertical: nobody reads sideways. */
export const numberAxis = (
  name: string,
  side: 'x' | 'y',
  write: (value: number) => string,
  scale: { readonly min: number; readonly max: number; readonly interval: number },
) => ({
  type: 'value' as const,
  name,
  nameLocation: side === 'x' ? ('middle' as const) : ('end' as const),
  nameGap: side === 'x' ? 30 : 16,
  nameTextStyle: side === 'x' ? axisWords : { ...axisWords, align: 'left', padding: [0, 0, 0, -44] },
  axisLabel: { ...axisWords, formatter: write, hideOverlap: true },
  axisLine: { show: side === 'x', lineStyle: { color: colour.reference } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: colour.grid } },
  ...scale,
});

/** An axis from 0% to 100%. */
export const shareAxis = (name: string, side: 'x' | 'y') =>
  numberAxis(name, side, (value) => `${Math.round(100 * value)}%`, { min: 0, max: 1, interval: 0.25 });

/** Names from top to bottom; `strong` ones in bold. */
export const nameAxis = (names: readonly string[], strong: ReadonlySet<number> = new Set()) => ({
  type: 'category' as const,
  inverse: true,
  data: names.map((name, i) => ({
    value: shorten(cleanText(name), longestName),
    textStyle: strong.has(i) ? { color: colour.ink, fontWeight: 'bold' } : { color: colour.soft },
  })),
  axisLabel: { fontSize, interval: 0 },
  axisLine: { show: false },
  axisTick: { show: false },
});

/** The line that a chart is about, with the area under it when that means something. */
export const mainLine = (points: readonly Point[], more: object = {}) => ({
  type: 'line' as const,
  data: points,
  showSymbol: false,
  lineStyle: { color: colour.accent, width: 2.5 },
  itemStyle: { color: colour.accent },
  z: 3,
  ...more,
});

/** What to compare with: chance, perfection. */
export const dashedLine = (points: readonly Point[]) => ({
  type: 'line' as const,
  data: points,
  showSymbol: false,
  lineStyle: { color: colour.reference, width: 1.5, type: [5, 5] },
  itemStyle: { color: colour.reference },
  z: 2,
});

/** Ranges as straight lines from one point to another, drawn as one line with gaps. */
export const whiskers = (ranges: readonly (readonly [Point, Point])[], color: string, width = 2) => ({
  type: 'line' as const,
  data: ranges.flatMap(([from, to]) => [from, to, ['-', '-']]),
  showSymbol: false,
  connectNulls: false,
  lineStyle: { color, width, cap: 'round' as const },
  itemStyle: { color },
  z: 4,
});

export const dots = (points: readonly Point[], color: string, size = 9) => ({
  type: 'scatter' as const,
  data: points,
  symbolSize: size,
  itemStyle: { color, borderColor: colour.card, borderWidth: 1.5, opacity: 1 },
  z: 5,
});

/** A point of interest in a plot of shares, with a word where there is room for it. */
export const markedPoint = (at: Point, word: string, size = 11) => ({
  ...dots([at], colour.mark, size),
  z: 6,
  label: { ...words(word, colour.mark, at[0] > 0.72 ? 'left' : 'right'), fontWeight: 'bold' as const },
});

/** A word in the plot, at a point without a dot. */
export const note = (at: Point, word: string, position: Place = 'right') => ({
  type: 'scatter' as const,
  data: [at],
  symbolSize: 1,
  itemStyle: { color: 'none', opacity: 1 },
  z: 6,
  label: words(word, colour.soft, position),
});

const words = (word: string, color: string, position: Place) => ({
  show: true,
  formatter: () => word,
  position,
  distance: 8,
  color,
  fontSize,
  // A halo keeps it readable where a line passes.
  textBorderColor: colour.card,
  textBorderWidth: 3,
});
