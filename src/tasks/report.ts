/**
 * The report of a model as files: the page and the card as they were written when it was trained, its charts as SVG in plain
 * light colours, its figures as JSON. All of it comes from the model file; the data it was trained on are not needed.
 */

import { chartFile } from '../report/chart-file.ts';
import { beeswarmChart } from '../report/charts/beeswarm.ts';
import { calibrationChart } from '../report/charts/calibration.ts';
import type { Chart } from '../report/charts/chart.ts';
import { confusionChart } from '../report/charts/confusion.ts';
import { dependenceChart } from '../report/charts/dependence.ts';
import { gainChart } from '../report/charts/gain.ts';
import { importanceChart } from '../report/charts/importance.ts';
import { leaderboardChart } from '../report/charts/leaderboard.ts';
import { prChart } from '../report/charts/pr.ts';
import { rocChart } from '../report/charts/roc.ts';
import type { StoredModel } from './ports.ts';
import { type ChartFacts, chartFactsOf } from './train/figures.ts';

export interface ReportFiles {
  readonly model: { readonly id: string; readonly label: string; readonly name: string };
  /** Text by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, string>;
  readonly remarks: readonly string[];
}

export async function reportFiles(model: StoredModel): Promise<ReportFiles> {
  const { manifest, card, report } = model;
  const facts = chartFactsOf(manifest);
  const files: [string, string][] = [
    ['report.html', report],
    ['card.md', card],
    ['metrics.json', json(metricsOf(model))],
  ];
  if (facts) {
    files.push(['feature_importance.json', json(importanceOf(facts))]);
    for (const chart of chartsOf(facts, manifest.contract.columns))
      files.push([`${chart.id}.svg`, await chartFile(chart)]);
  }
  return {
    model: { id: manifest.model.id, label: manifest.model.label, name: manifest.model.name },
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
    remarks: facts
      ? []
      : [
          'The model was saved before figures were kept: no charts, no importance. Train it again to have them.',
        ],
  };
}

/** Every chart of the report. */
export function chartsOf(
  facts: ChartFacts,
  columns: Readonly<Record<string, { readonly unit?: string | undefined }>> = {},
): Chart[] {
  const { contributions, dependence = [], leaderboard, importance } = facts;
  const moves = importance.some(({ value }) => value !== 0);
  return [
    rocChart(facts),
    prChart(facts),
    calibrationChart(facts),
    gainChart(facts),
    confusionChart(facts),
    leaderboardChart(leaderboard),
    ...(moves ? [importanceChart(facts)] : []),
    ...(contributions && contributions.columns.length > 0 ? [beeswarmChart(contributions)] : []),
    ...distinct(dependence.map((one) => dependenceChart(one, columns[one.column]?.unit))),
  ];
}

/** Two columns may differ only in letters that a file's name can't hold. */
function distinct(charts: readonly Chart[]): Chart[] {
  const met = new Map<string, number>();
  return charts.map((chart) => {
    const nth = (met.get(chart.id) ?? 0) + 1;
    met.set(chart.id, nth);
    return nth === 1 ? chart : { ...chart, id: `${chart.id}-${nth}` };
  });
}

function metricsOf({ manifest }: StoredModel) {
  const { model, created, metrics, threshold, bands, gate, seed, data } = manifest;
  return {
    model,
    created,
    data: { source: data.source, rows: data.rows },
    seed,
    metrics,
    threshold,
    bands,
    gate,
  };
}

/** Largest first: the fall of ROC-AUC when a column is shuffled, and beside it the mean size of its contributions. */
function importanceOf({ importance, contributions }: ChartFacts) {
  const sizes = new Map(
    contributions?.columns.map(({ column, values }) => [
      column,
      values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length),
    ]),
  );
  return {
    method:
      'fall of ROC-AUC on the hold-out when the column is shuffled, mean and standard deviation over repeats',
    contribution: contributions
      ? `mean size of the column's SHAP values on ${contributions.rows} hold-out customers, in ${contributions.link === 'logit' ? 'log-odds' : 'churn probability'}; null where not among the strongest, or personal`
      : null,
    columns: importance.map(({ column, value, sd }, i) => ({
      rank: i + 1,
      column,
      importance: value,
      sd,
      meanContribution: sizes.get(column) ?? null,
    })),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
