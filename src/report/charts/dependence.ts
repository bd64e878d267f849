/** The mean score when one column is set to a value for everybody, with the spread over customers. */
import type { DependencePoint, PartialDependence } from '../../explain/partial-dependence.ts';
import { percent, shorten } from '../format.ts';
import { cleanText } from '../html.ts';
import { light as colour } from '../palette.ts';
import {
  axisNumber,
  type Chart,
  chartHeight,
  chartWidth,
  dots,
  mainLine,
  nameAxis,
  numberAxis,
  type Point,
  plotGrid,
  roomForNames,
  roundScale,
  whiskers,
} from './chart.ts';

/** More levels than this are left out, the most different ones kept. */
const mostLevels = 12;

const fewestOfCurve = 4;

/** `unit`: of the column, from the contract. */
export function dependenceChart(dependence: PartialDependence, unit?: string): Chart {
  const { column, kind, points, rows } = dependence;
  const isCurve = kind === 'number' || kind === 'time';
  const numbers = points.filter(({ value }) => value !== null);
  const about = { column: cleanText(column), unit, rows };
  // Of so few values, often only 0 and 1, those between do not exist: no line leads through them.
  const fewest = kind === 'time' ? 2 : fewestOfCurve;
  return isCurve && numbers.length >= fewest
    ? curve(about, numbers, kind === 'time')
    : levels(about, isCurve ? points : [...points].sort((a, b) => b.mean - a.mean));
}

interface About {
  readonly column: string;
  readonly unit: string | undefined;
  readonly rows: number;
}

function curve({ column, unit, rows }: About, points: readonly DependencePoint[], isTime: boolean): Chart {
  const xs = points.map(({ value }) => (isTime ? yearOf(String(value)) : Number(value)));
  const x = isTime
    ? { min: Math.floor(xs[0]!), max: Math.ceil(xs.at(-1)!), interval: 1 }
    : roundScale(xs[0]!, xs.at(-1)!);
  const shares = shareScale(points);
  const name = isTime ? `${column} (year)` : unit === undefined ? column : `${column} (${unit})`;
  const at = (pick: (point: DependencePoint) => number): Point[] =>
    points.map((point, i) => [xs[i]!, pick(point)]);
  return {
    ...frame(column, rows, points),
    width: chartWidth,
    height: chartHeight,
    option: {
      grid: plotGrid(),
      xAxis: { ...numberAxis(shorten(name, 44), 'x', isTime ? String : axisNumber, x), scale: true },
      yAxis: numberAxis('Mean churn probability', 'y', (share) => percent(share, 0), shares),
      series: [
        { ...mainLine(at(({ high }) => high)), lineStyle: edge, z: 2 },
        { ...mainLine(at(({ low }) => low)), lineStyle: edge, z: 2 },
        mainLine(at(({ mean }) => mean)),
        dots(
          at(({ mean }) => mean),
          colour.accent,
          7,
        ),
      ],
    },
  };
}

const edge = { color: colour.reference, width: 1.2, type: [3, 3] };

/** From top to bottom; of many the first and the last. */
function levels({ column, unit, rows }: About, shown: readonly DependencePoint[]): Chart {
  const kept =
    shown.length <= mostLevels ? shown : [...shown.slice(0, mostLevels / 2), ...shown.slice(-mostLevels / 2)];
  const end = unit === undefined ? '' : ` ${unit}`;
  const names = kept.map(({ value }) => (value === null ? 'not known' : `${value}${end}`));
  return {
    ...frame(column, rows, shown),
    width: chartWidth,
    height: 66 + 30 * kept.length,
    option: {
      grid: plotGrid({ left: roomForNames(names), top: 10 }),
      xAxis: numberAxis(
        shorten(`Mean churn probability by ${column}`, 44),
        'x',
        (share) => percent(share, 0),
        shareScale(kept),
      ),
      yAxis: nameAxis(names),
      series: [
        whiskers(
          kept.map(({ low, high }, i): [Point, Point] => [
            [low, i],
            [high, i],
          ]),
          colour.reference,
          2.5,
        ),
        dots(
          kept.map(({ mean }, i): Point => [mean, i]),
          colour.accent,
          12,
        ),
      ],
    },
  };
}

/** Round ends that hold the spread too. */
const shareScale = (points: readonly DependencePoint[]) =>
  roundScale(Math.min(...points.map(({ low }) => low)), Math.max(...points.map(({ high }) => high)));

function frame(column: string, rows: number, points: readonly DependencePoint[]) {
  const means = points.map(({ mean }) => mean);
  return {
    id: `dependence-${idOf(column)}`,
    title: `Score by ${column}`,
    description: `Mean churn probability of ${rows} customers when ${column} is set to a value for all of them: from ${percent(Math.min(...means))} to ${percent(Math.max(...means))}. Lines to both sides hold eight of ten customers.`,
  };
}

/** A column's name as part of an id or of a file's name. */
export const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'column';

/** An ISO time as a year with its part. */
function yearOf(iso: string): number {
  const year = Number(iso.slice(0, 4));
  const start = Date.UTC(year, 0, 1);
  return year + (Date.parse(iso) - start) / (Date.UTC(year + 1, 0, 1) - start);
}
