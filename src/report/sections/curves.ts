/** The pictures of the hold-out, each with a sentence on how to read it. */
import { calibrationChart } from '../charts/calibration.ts';
import { gainChart } from '../charts/gain.ts';
import { prChart } from '../charts/pr.ts';
import { rocChart } from '../charts/roc.ts';
import { embedChart } from '../draw-chart.ts';
import { html } from '../html.ts';
import { figure, type Section } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

const pictures = [
  {
    chart: gainChart,
    reading:
      'Contact customers from the highest score down: the curve tells which share of all leavers you have reached. The higher above “at random”, the more the model saves.',
  },
  {
    chart: rocChart,
    reading:
      'Each point is a threshold. Up is good (leavers found), right is bad (stayers flagged by mistake). A useless model follows the dashed line.',
  },
  {
    chart: prChart,
    reading:
      'The price of finding more: the further right, the more leavers are found, and the smaller the share of flagged customers who would really leave.',
  },
  {
    chart: calibrationChart,
    reading:
      'Ten groups of equal size, each with its 95% interval. On the dashed line a predicted 30% means that 30 of 100 leave; above it more leave than predicted, below it fewer.',
  },
] as const;

export async function curvesSection(facts: TrainingFacts): Promise<Section> {
  const figures = await Promise.all(
    pictures.map(async ({ chart, reading }) => {
      const drawn = chart(facts);
      return figure(await embedChart(drawn), drawn.title, reading);
    }),
  );
  return { id: 'curves', title: 'Curves', body: html`<div class="grid">${figures}</div>` };
}
