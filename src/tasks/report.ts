/**
 * The report of a model: the page and the card as they were written when it was trained, the same as Markdown and JSON, its
 * charts as SVG in plain light colours. All of it comes from the model file; the data it was trained on are not needed.
 */
import { NotFoundError } from '../base/errors.ts';
import { chartFile } from '../report/chart-file.ts';
import { trainingCharts } from '../report/training-charts.ts';
import type { TrainingFacts } from '../report/training-facts.ts';
import { writeTrainingMarkdown } from '../report/training-markdown.ts';
import type { StoredModel } from './ports.ts';
import { trainingFactsOf } from './train/figures.ts';

export const reportFormats = ['html', 'markdown', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFiles {
  readonly model: { readonly id: string; readonly label: string; readonly name: string };
  /** Text by file name, in the order of the names. */
  readonly files: ReadonlyMap<string, string>;
  readonly remarks: readonly string[];
}

/** The report in one format. Throws `report.no-figures` for a model that has only its page. */
export function reportIn(format: ReportFormat, model: StoredModel): string {
  if (format === 'html') return model.report;
  const facts = trainingFactsOf(model.manifest);
  if (!facts) {
    const { name, label } = model.manifest.model;
    throw new NotFoundError(
      'report.no-figures',
      `report: ${name} ${label} was saved before figures were kept, so it has its page only; use --format html, or train it again`,
      { format },
    );
  }
  return format === 'markdown' ? writeTrainingMarkdown(facts) : reportJson(facts);
}

export async function reportFiles(model: StoredModel): Promise<ReportFiles> {
  const { manifest, card, report } = model;
  const facts = trainingFactsOf(manifest);
  const files: [string, string][] = [
    ['report.html', report],
    ['card.md', card],
    ['metrics.json', json(metricsOf(model))],
  ];
  if (facts) {
    files.push(
      ['report.md', writeTrainingMarkdown(facts, { picturesBeside: true })],
      ['report.json', reportJson(facts)],
      ['feature_importance.json', json(importanceOf(facts))],
    );
    for (const chart of trainingCharts(facts)) files.push([`${chart.id}.svg`, await chartFile(chart)]);
  }
  return {
    model: { id: manifest.model.id, label: manifest.model.label, name: manifest.model.name },
    files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))),
    remarks: facts
      ? []
      : [
          'The model was saved before figures were kept: no charts, no importance, no Markdown. Train it again to have them.',
        ],
  };
}

/** Everything that page and Markdown tell. A key that is renamed or dropped raises the version. */
const reportJson = (facts: TrainingFacts): string => json({ report: 'training', version: 1, ...facts });

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
export function importanceOf({ importance, contributions }: TrainingFacts) {
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
