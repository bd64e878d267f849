/**
 * The text of a new project file: the contract, the guesses as comments, the rest with its useful choices shown.
 */
import { basename } from 'node:path';
import { Document, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { CleanSection } from './data/clean/section.ts';
import type { Contract } from './data/contract.ts';

/** A project's short name from the name of its data: `Q3 Customers.csv` gives `q3-customers`. */
export function projectNameOf(dataPath: string): string {
  const name = basename(dataPath)
    .replace(/\.[^.]+$/, '')
    // Letters without their accents: café is cafe.
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'churn' : name;
}

/** Something a person should check, said beside the column it is about. */
export interface Remark {
  readonly column: string | null;
  readonly message: string;
}

/** What a new project file may hold besides its contract. */
export interface ProjectExtras {
  /** Repairs that the table needs before it can be learned from. */
  readonly clean?: CleanSection;
  /** Why they are needed, a sentence each. */
  readonly cleanRemarks?: readonly string[];
  /** Where editors find the JSON Schema: a path relative to the file, with slashes and without blanks. */
  readonly schema?: string | null;
}

const profitExample = ` What keeping a customer is worth. With these figures, your own, reports speak of money and the threshold can
 follow it (train.threshold: { by: expected-profit }):
 profit: { offer: 10, contact: 1, lifetimeValue: 200, acceptance: { alpha: 6, beta: 14 } }`;

/** The text of a new project file: the contract, the guesses as comments, the rest with its useful choices shown. */
export function writeProject(
  name: string,
  contract: Contract,
  remarks: readonly Remark[],
  { clean = [], cleanRemarks = [], schema = null }: ProjectExtras = {},
): string {
  const { columns, ...data } = contract;
  const document = new Document(
    {
      version: 1,
      project: name,
      data: {
        ...data,
        columns: Object.fromEntries(
          Object.entries(columns).map(([column, rules]) => [column, withoutDefaults(rules)]),
        ),
      },
      ...(clean.length > 0 && { clean }),
      preprocess: {
        numeric: { impute: 'median', outliers: { rule: 'iqr', factor: 1.5 }, scale: 'standard' },
        categorical: { impute: 'missing', encode: 'one-hot', unknown: 'ignore' },
      },
      split: { test: 0.15, validation: 0.15, by: 'stratified', seed: 42 },
      train: {
        metric: 'roc-auc',
        folds: 5,
        search: { method: 'grid' },
        candidates: {
          prior: {},
          'logistic-regression': { l2: [0.1, 1, 10] },
          'random-forest': {},
          'gradient-boosting': {},
        },
        threshold: { by: 'f1' },
      },
      gate: { chance: true },
    },
    { compat: 'yaml-1.1' },
  );
  const modeline = schema === null ? '' : ` yaml-language-server: $schema=${schema}\n`;
  document.commentBefore = `${modeline} Made by holdfast init. Read it, correct what is wrong, then: holdfast train`;
  const columnMap = document.getIn(['data', 'columns'], true) as YAMLMap;
  for (const item of columnMap.items) {
    const column = String((item.key as { value: unknown }).value);
    (item.value as YAMLMap).flow = true;
    const said = remarks.filter((remark) => remark.column === column).map(({ message }) => message);
    if (said.length > 0) (item.value as YAMLMap).comment = ` ${said.join('; ')}`;
  }
  for (const path of [
    ['data', 'target'],
    ['preprocess', 'numeric'],
    ['preprocess', 'categorical'],
    ['split'],
    ['train', 'search'],
    ['train', 'threshold'],
  ]) {
    (document.getIn(path, true) as YAMLMap).flow = true;
  }
  for (const item of (document.getIn(['train', 'candidates'], true) as YAMLMap).items)
    (item.value as YAMLMap).flow = true;
  explainDates(document, columns);
  for (const section of ['data', 'preprocess', 'train']) spaceBefore(document, section);
  if (clean.length > 0) {
    const repairs = document.get('clean', true) as YAMLSeq<YAMLMap>;
    for (const item of repairs.items) {
      item.flow = true;
      for (const { value } of item.items) if (isSeq(value)) value.flow = true;
    }
    spaceBefore(document, 'clean');
    if (cleanRemarks.length > 0)
      repairs.commentBefore = cleanRemarks.map((remark) => ` ${asOneLine(remark)}`).join('\n');
  }
  const general = remarks.filter((remark) => remark.column === null).map(({ message }) => ` ${message}`);
  if (general.length > 0) (document.get('data', true) as YAMLMap).commentBefore = general.join('\n');
  const gate = document.get('gate', true) as YAMLMap;
  gate.comment =
    ' chance: better than a coin with 95% confidence. Add floors that your business needs:\n rocAuc: 0.80\n trainValidationGap: 0.10\n mustBeatChampion: true';
  document.comment = profitExample;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Dates are learned from by what is made of them: shown for the first of them, as a comment. */
function explainDates(document: Document, columns: Contract['columns']): void {
  const date = Object.entries(columns).find(([, { kind, use }]) => kind === 'time' && use === 'feature')?.[0];
  if (date === undefined) return;
  const step = document.createNode(
    { make: 'days-since', of: date, as: `days_since_${date}` },
    { flow: true },
  );
  const shown = new Document([step], { compat: 'yaml-1.1' }).toString({ lineWidth: 0 }).trim();
  const pair = (document.contents as YAMLMap).items.find(
    ({ key }) => isScalar(key) && key.value === 'preprocess',
  );
  if (!isScalar(pair?.key)) return;
  pair.key.commentBefore = ` Dates are not learned from as they are, but what is made of them is:\n features:\n${shown
    .split('\n')
    .map((line) => `   ${line}`)
    .join('\n')}`;
}

/** A comment that ends where its line does. */
const asOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** A blank line above a section. */
function spaceBefore(document: Document, section: string): void {
  const pair = (document.contents as YAMLMap).items.find(({ key }) => isScalar(key) && key.value === section);
  if (isScalar(pair?.key)) pair.key.spaceBefore = true;
}

/** A column's rules without those that say what holds anyway. */
function withoutDefaults(rules: Contract['columns'][string]): Record<string, unknown> {
  const defaults: Record<string, unknown> = {
    closed: false,
    nullable: false,
    personal: false,
    actionable: false,
    use: 'feature',
  };
  return Object.fromEntries(
    Object.entries(rules).filter(([key, value]) => value !== undefined && value !== defaults[key]),
  );
}
