/**
 * Looks a customer table over before anything is learned from it: what each column is and says about churn, what is
 * wrong with the table, and how much of a first model's score each suspect group of columns carries.
 *
 * The score is the cross-validated ROC-AUC of a logistic regression on at most 20,000 rows, with all columns that the
 * proposed contract learns from and the suspect ones, then without each group and without all of them.
 */
import { createRandom } from '../base/random.ts';
import { printable } from '../base/text.ts';
import { type JsonScalar, ruleOf } from '../data/contract.ts';
import type { Finding, InspectedColumn, Inspection } from '../data/inspect/definition.ts';
import type { ColumnProfile } from '../data/profile.ts';
import { openSource } from '../data/sources/open.ts';
import { foldRows, stratifiedFolds } from '../data/splits/stratified-folds.ts';
import { metricById } from '../evaluation/metrics/all.ts';
import { prepareSample } from '../evaluation/sample.ts';
import { preprocessing } from '../features/preprocess.ts';
import { preprocessSection } from '../features/section.ts';
import { pipeline } from '../learn/pipeline.ts';
import { sampleWithoutReplacement } from '../math/sampling.ts';
import { crossValidate } from '../selection/cross-validate.ts';
import { expandCandidates } from '../selection/grid.ts';
import { createDataset, type Dataset, takeDatasetRows } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { makeContext } from './context.ts';
import type { WorkPorts } from './ports.ts';
import { proposeFromSource } from './propose-contract.ts';

export interface InspectRequest {
  readonly path: string;
  readonly target: string;
  readonly churned?: JsonScalar;
  readonly id?: string;
}

/** What is shown of a column: never a value of a single customer's text. */
export interface ColumnReport {
  readonly name: string;
  readonly kind: string;
  /** What `init` would write: columns that a finding blocks are left out. */
  readonly use: 'feature' | 'segment' | 'none' | 'id' | 'target';
  readonly count: number;
  readonly missing: number;
  readonly distinct: number;
  readonly min: number | string | null;
  readonly median: number | string | null;
  readonly max: number | string | null;
  readonly mean: number | null;
  readonly zeros: number | null;
  readonly cohensD: number | null;
  readonly cramersV: number | null;
  /** Cross-fitted, of the column alone. */
  readonly auc: number | null;
  /** How dates are written, where they are not in ISO form. */
  readonly dateFormat: string | null;
  /** 0 is a group of its own rather than a small amount. */
  readonly zeroInflated: boolean;
  /** Other columns that are missing in the same rows. */
  readonly missingTogether: readonly string[];
}

export interface ScoreReport {
  readonly metric: 'roc-auc';
  readonly model: 'logistic-regression';
  readonly rows: number;
  /** With all columns, suspect ones too. */
  readonly all: number;
  readonly without: readonly { readonly columns: readonly string[]; readonly score: number }[];
}

export interface InspectReport {
  readonly rows: number;
  readonly churnRate: number;
  /** What the reader guessed about the file, a sentence each. */
  readonly notes: readonly string[];
  readonly columns: readonly ColumnReport[];
  readonly findings: readonly Finding[];
  /** null where nothing is suspect or too little is left to compare. */
  readonly score: ScoreReport | null;
}

const mostRows = 20_000;
const folds = 5;

export async function inspectData(request: InspectRequest, ports: WorkPorts): Promise<InspectReport> {
  const source = await openSource(request.path);
  try {
    const proposal = await proposeFromSource(source, {
      ...request,
      source: request.path,
      now: ports.clock.now(),
    });
    ports.signal?.throwIfAborted();
    const { inspection, dateFormats, findings, contract, profiles } = proposal;
    const reports = new Map(
      inspection.columns.map((column) => [
        column.name,
        columnReport(column, {
          use: ruleOf(contract.columns, column.name)?.use ?? 'none',
          dateFormat: dateFormats.get(column.name)?.format ?? null,
          ...relationsOf(column.name, findings),
        }),
      ]),
    );
    const columns = profiles.map(
      ({ name, rows, blank, tokens, distinct }): ColumnReport =>
        reports.get(name) ?? {
          ...emptyReport,
          name,
          kind: name === request.target ? 'category' : 'text',
          use: name === request.target ? 'target' : 'id',
          count: rows - blank - tokens,
          missing: blank + tokens,
          distinct,
        },
    );
    return {
      rows: proposal.rows,
      churnRate: proposal.churnRate,
      notes: [...proposal.notes, ...decimalCommas(profiles)],
      columns,
      findings,
      score: await scoreGroups(inspection, findings, ports),
    };
  } finally {
    await source.close();
  }
}

/** Numbers that were read with a comma for the point. */
function decimalCommas(profiles: readonly ColumnProfile[]): string[] {
  const names = profiles.filter(({ hasDecimalComma }) => hasDecimalComma).map(({ name }) => printable(name));
  if (names.length === 0) return [];
  return [`a decimal comma was guessed in ${names.join(', ')}: 1.234,5 is read as 1234.5`];
}

const emptyReport = {
  min: null,
  median: null,
  max: null,
  mean: null,
  zeros: null,
  cohensD: null,
  cramersV: null,
  auc: null,
  dateFormat: null,
  zeroInflated: false,
  missingTogether: [],
} as const;

/** What findings say of a column beside its own facts. */
function relationsOf(
  name: string,
  findings: readonly Finding[],
): Pick<ColumnReport, 'zeroInflated' | 'missingTogether'> {
  const of = (code: string): Finding | undefined =>
    findings.find((finding) => finding.code === code && finding.column === name);
  const together = of('missing.together')?.evidence as { readonly group: readonly string[] } | undefined;
  return {
    zeroInflated: of('zero.inflated') !== undefined,
    missingTogether: together?.group.filter((other) => other !== name) ?? [],
  };
}

function columnReport(
  { name, column, facts }: InspectedColumn,
  more: Pick<ColumnReport, 'use' | 'dateFormat' | 'zeroInflated' | 'missingTogether'>,
): ColumnReport {
  const isTime = column.kind === 'time';
  const show = (value: number | null): number | string | null =>
    value !== null && isTime ? new Date(value).toISOString().slice(0, 10) : value;
  const { missing, distinct, cohensD, cramersV, auc } = facts;
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  return {
    name,
    kind: column.kind,
    count: rows - missing,
    missing,
    distinct,
    min: show(facts.min),
    median: show(facts.median),
    max: show(facts.max),
    mean: isTime ? null : facts.mean,
    zeros: column.kind === 'number' ? facts.zeros : null,
    cohensD,
    cramersV,
    auc,
    ...more,
  };
}

/** The groups of columns that leaks name, each once. */
function suspectGroups(findings: readonly Finding[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { code, column, evidence } of findings) {
    if (!code.startsWith('leak.') || column === null) continue;
    const named = (evidence as { readonly group?: readonly string[] } | null)?.group ?? [column];
    const group = [...named].sort();
    groups.set(JSON.stringify(group), group);
  }
  return [...groups.values()];
}

async function scoreGroups(
  inspection: Inspection,
  findings: readonly Finding[],
  ports: WorkPorts,
): Promise<ScoreReport | null> {
  const groups = suspectGroups(findings);
  if (groups.length === 0) return null;
  const suspects = new Set(groups.flat());
  const usable = inspection.columns.filter(
    ({ name, column, use }) =>
      (use === 'feature' || suspects.has(name)) && ['number', 'category', 'boolean'].includes(column.kind),
  );
  const rest = inspection.rowCount - inspection.churned;
  if (usable.length === 0 || Math.min(inspection.churned, rest) < folds * 2) return null;
  const whole = createDataset(
    createTable(
      usable.map(({ column }) => column),
      inspection.rowCount,
    ),
    inspection.labels,
  );
  const random = createRandom(1).fork('inspect-score');
  const data =
    inspection.rowCount <= mostRows
      ? whole
      : takeDatasetRows(
          whole,
          sampleWithoutReplacement(random.fork('rows'), inspection.rowCount, mostRows).sort(),
        );
  const wanted = groups.length > 1 ? [...groups, [...suspects].sort()] : groups;
  ports.progress.step('Comparing a first model with and without the suspect columns');
  const all = await scoreWithout(data, [], ports);
  if (all === null) return null;
  const without = [];
  for (const columns of wanted) {
    const score = await scoreWithout(data, columns, ports);
    if (score !== null) without.push({ columns, score });
  }
  return { metric: 'roc-auc', model: 'logistic-regression', rows: data.table.rowCount, all, without };
}

async function scoreWithout(
  data: Dataset,
  left: readonly string[],
  ports: WorkPorts,
): Promise<number | null> {
  const columns = data.table.columns.filter(({ name }) => !left.includes(name));
  if (columns.length === 0) return null;
  const learned = { ...data, table: createTable(columns, data.table.rowCount) };
  const { estimator } = preprocessing(preprocessSection.parse({}), columns);
  const random = createRandom(1).fork('inspect-score');
  const rocAuc = metricById('roc-auc');
  const [result] = await crossValidate(
    {
      candidates: expandCandidates({ 'logistic-regression': {} }, ports.catalogue),
      wrap: (model) => pipeline({ steps: [estimator], model }),
      data: learned,
      folds: foldRows(stratifiedFolds(learned.labels, folds, random.fork('folds')), folds),
      measure: (labels, scores) => rocAuc.compute(prepareSample(labels, scores, 0.5)),
    },
    makeContext(ports, random, []),
  );
  return result!.folds.reduce((sum, one) => sum + one, 0) / folds;
}
