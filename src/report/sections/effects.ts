/** Which way columns push the score: customer by customer, and on average. */
import { beeswarmChart } from '../charts/beeswarm.ts';
import { embedChart } from '../draw-chart.ts';
import { count } from '../format.ts';
import { html } from '../html.ts';
import { dependenceSentence } from '../list-words.ts';
import { textFor } from '../overview-words.ts';
import { figure, type Section, widePicture } from '../page-frame.ts';
import { dependenceCharts } from '../training-charts.ts';
import type { TrainingFacts } from '../training-facts.ts';

/** Null for a model that was saved before contributions were kept. */
export async function effectsSection(facts: TrainingFacts): Promise<Section | null> {
  const { contributions, dependence = [], units } = facts;
  const swarm =
    contributions && contributions.columns.length > 0
      ? figure(
          widePicture('Contributions of columns', await embedChart(beeswarmChart(contributions))),
          'Customer by customer',
          `Each dot is one of ${count(contributions.rows)} customers of the hold-out. To the right the column raises the customer’s score, to the left it lowers it; orange dots have a high value of the column, blue ones a low one. SHAP values; personal columns are not drawn, for a dot is a person.`,
        )
      : null;
  const charts = dependenceCharts(facts);
  if (!swarm && charts.length === 0) return null;
  const figures = await Promise.all(
    charts.map(async (chart, i) =>
      figure(
        await embedChart(chart),
        chart.title,
        dependenceSentence(dependence[i]!, textFor(units, dependence[i]!.column)) ??
          `It hardly changes with ${dependence[i]!.column}.`,
      ),
    ),
  );
  return {
    id: 'effects',
    title: 'Which way columns push',
    shortTitle: 'Effects',
    body: html`${swarm}
${
  figures.length > 0 &&
  html`<div class="card stack"><h3>On average</h3>
<p class="soft small">The mean score of ${count(dependence[0]!.rows)} customers of the hold-out if all of them had the same value of one column and kept the rest; the thin lines hold eight of ten of them. It is what the model does with a column, not what the column does to customers, and some of these customers can’t exist: where two columns go together, only one was changed.</p></div>
<div class="grid">${figures}</div>`
}`,
  };
}
