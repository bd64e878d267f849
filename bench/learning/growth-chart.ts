/** How seconds grow with rows, both axes in powers of ten: a line that rises as the dashed one does grows as the rows do. */
import {
  type Chart,
  chartHeight,
  chartWidth,
  dashedLine,
  dots,
  mainLine,
  note,
  numberAxis,
  type Point,
  plotGrid,
} from '../../src/report/charts/chart.ts';
import { light } from '../../src/report/palette.ts';
import { secondsText } from './answer.ts';

export interface Growth {
  readonly name: string;
  /** Rows and seconds, rows ascending. */
  readonly points: readonly Point[];
}

/** At least one line of at least one point. */
export function growthChart(lines: readonly Growth[]): Chart {
  const all = lines.flatMap(({ points }) => points.map(logs));
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const x = wholePowers(Math.min(...xs), Math.max(...xs));
  const y = wholePowers(Math.min(...ys), Math.max(...ys));
  const colours = [light.accent, light.mark, light.good];
  return {
    id: 'growth',
    title: 'Seconds by rows',
    description: lines
      .map(({ name, points }) => {
        const [rows, seconds] = points.at(-1)!;
        return `${name}: ${secondsText(seconds)} for ${rowsText(rows)} rows`;
      })
      .join('; '),
    width: chartWidth * 1.4,
    height: chartHeight * 1.2,
    option: {
      grid: plotGrid({ right: 150, left: 60 }),
      xAxis: numberAxis('Rows', 'x', (power) => rowsText(10 ** power), x),
      yAxis: numberAxis('Time', 'y', powerOfSeconds, y),
      series: [
        dashedLine([
          [x.min, y.min],
          [Math.min(x.max, x.min + y.max - y.min), Math.min(y.max, y.min + x.max - x.min)],
        ]),
        ...lines.flatMap(({ name, points }, i) => {
          const colour = colours[i % colours.length]!;
          const drawn = points.map(logs);
          return [
            mainLine(drawn, { lineStyle: { color: colour, width: 2.5 }, itemStyle: { color: colour } }),
            dots(drawn, colour),
            note(drawn.at(-1)!, name),
          ];
        }),
      ],
    },
  };
}

const logs = ([rows, seconds]: Point): Point => [Math.log10(rows), Math.log10(seconds)];

/** `10 ms`, `100 s`. */
const powerOfSeconds = (power: number): string =>
  power < 0 ? `${10 ** (power + 3)} ms` : `${10 ** power} s`;

const wholePowers = (low: number, high: number) => {
  const min = Math.floor(low + 1e-9);
  return { min, max: Math.max(min + 1, Math.ceil(high - 1e-9)), interval: 1 };
};

/** `10k`, `1M`. */
export function rowsText(rows: number): string {
  if (rows >= 1e6) return `${Number((rows / 1e6).toPrecision(3))}M`;
  return rows >= 1e3 ? `${Number((rows / 1e3).toPrecision(3))}k` : String(Math.round(rows));
}
