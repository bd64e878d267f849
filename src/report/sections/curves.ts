/** The pictures of the hold-out, each with a sentence on how to read it. */
import { calibrationChart } from '../charts/calibration.ts';
import type { Chart } from '../charts/chart.ts';
import { gainChart } from '../charts/gain.ts';
import { liftChart } from '../charts/lift.ts';
import { prChart } from '../charts/pr.ts';
import { profitChart } from '../charts/profit.ts';
import { rocChart } from '../charts/roc.ts';
import { embedChart } from '../draw-chart.ts';
import { html } from '../html.ts';
import { figure, type Section } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

interface Picture {
  readonly chart: (facts: TrainingFacts) => Chart | null;
  readonly reading: string;
}

const pictures: readonly Picture[] = [
  {
    chart: gainChart,
    reading:
      'Contact customers from the highest score down: the curve tells which share of all leavers you have reached. The higher above “at random”, the more the model saves.',
  },
  {
    chart: liftChart,
    reading:
      'The same, as times: how many times as many leavers the first of the list hold as customers picked at random. It falls to 1, for in the end everybody is called.',
  },
  {
    chart: (facts) => (facts.curves.profit ? profitChart(facts.curves.profit, facts) : null),
    reading:
      'What the campaign is expected to earn by how many are contacted. Where the curve falls, a further call costs more than it brings; below the dashed line the whole campaign loses.',
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
];

export async function curvesSection(facts: TrainingFacts): Promise<Section> {
  const figures = await Promise.all(
    pictures.map(async ({ chart, reading }) => {
      const drawn = chart(facts);
      return drawn && figure(await embedChart(drawn), drawn.title, reading);
    }),
  );
  return {
    id: 'curves',
    title: 'Curves',
    body: html`<div class="grid">${figures.filter((one) => one !== null)}</div>`,
  };
}
