/**
 * The report of a training run: one HTML file, for the retention manager first and the data scientist after.
 *
 * A function of its facts: the same facts give the same page, to the byte. About 150 kB; 0.3 s, most of which is
 * loading ECharts for the first page.
 */
import { dateTime } from './format.ts';
import { html } from './html.ts';
import { type Section, writePage } from './page-frame.ts';
import { choiceSection } from './sections/choice.ts';
import { columnsSection } from './sections/columns.ts';
import { curvesSection } from './sections/curves.ts';
import { dataSection } from './sections/data.ts';
import { decisionsSection } from './sections/decisions.ts';
import { effectsSection } from './sections/effects.ts';
import { findingsSection } from './sections/findings.ts';
import { gateSection } from './sections/gate.ts';
import { importanceSection } from './sections/importance.ts';
import { listSection } from './sections/list.ts';
import { metricsSection } from './sections/metrics.ts';
import { modelCardSection } from './sections/model-card.ts';
import { segmentsSection } from './sections/segments.ts';
import { verdictSection } from './sections/verdict.ts';
import type { TrainingFacts } from './training-facts.ts';

/** In the order in which they are read; null where a model does not know what a section tells. */
const sectionWriters: readonly ((facts: TrainingFacts) => Section | null | Promise<Section | null>)[] = [
  verdictSection,
  listSection,
  metricsSection,
  curvesSection,
  decisionsSection,
  importanceSection,
  effectsSection,
  segmentsSection,
  choiceSection,
  gateSection,
  findingsSection,
  columnsSection,
  dataSection,
  modelCardSection,
];

export async function writeTrainingReport(facts: TrainingFacts): Promise<string> {
  const { model, created, holdfastVersion } = facts;
  const sections: Section[] = [];
  for (const write of sectionWriters) {
    const section = await write(facts);
    if (section) sections.push(section);
  }
  const by = model.author === null ? '' : ` by ${model.author}`;
  return writePage({
    kind: 'Training report',
    title: model.name,
    subtitle: html`${model.description !== null && html`<p>${model.description}</p>`}<p class="soft small">Model <code>${model.label}</code>, trained ${dateTime(created)}${by}</p>`,
    sections,
    footer: html`<p>Written by Holdfast ${holdfastVersion}. Every figure is of the hold-out unless it says otherwise; every interval holds the true value with 95% confidence, for customers like these.</p>`,
  });
}
