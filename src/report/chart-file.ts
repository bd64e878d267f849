/** A chart as a file of its own: in the light colours and on a light ground, so that it reads in any viewer. */
import type { Chart } from './charts/chart.ts';
import { drawChart } from './draw-chart.ts';
import { light } from './palette.ts';

export const chartFile = async (chart: Chart): Promise<string> =>
  (await drawChart(chart)).replace(
    '</title>\n',
    `</title>\n<rect width="${chart.width}" height="${chart.height}" fill="${light.card}"/>\n`,
  );
