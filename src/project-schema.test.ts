/** The JSON Schema for editors against the project files that people see: those of the pages and what init writes. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { catalogue } from './catalogue.ts';
import type { CleanSection } from './data/clean/section.ts';
import { dataSection } from './data/contract.ts';
import { writeProject } from './new-project.ts';
import { parseProject } from './project-file.ts';
import { projectJsonSchema } from './project-schema.ts';

const ajv = new Ajv({ allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ }, allowUnionTypes: true });
const validate = ajv.compile(projectJsonSchema());

/** Faults as `/data/columns/tenure: must ...`. */
function faultsOf(text: string): string[] {
  validate(parse(text));
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, 'additionalProperty' in params ? params.additionalProperty : ''].join(' ').trim(),
  );
}

const whole = `version: 1
project: telco
data:
  source: customers.csv
  id: customerID
  target: { column: Churn, churned: "Yes" }
  columns:
    tenure: { kind: number, min: 0, unit: months }
    Contract: { kind: category, levels: [Month-to-month, One year, 2], nullable: true }
`;

test('project schema: a project file that is read is valid, with every section of it', () => {
  const text = `${whole}clean: [ { repair: deduplicate, by: customerID, keep: last } ]
features: [ { make: ratio, of: [a, b], as: c } ]
preprocess: { numeric: { impute: median, outliers: { rule: iqr, factor: 1.5 }, scale: standard } }
split: { test: 0.15, validation: 0.15, by: stratified, seed: 42 }
train:
  metric: roc-auc
  search: { method: grid, budget: 5m }
  candidates: { logistic-regression: { l2: [0.1, 1, 10] }, random-forest: {}, mlp: { hidden: [[32], [64, 32]] } }
profit: { offer: 10, contact: 1, lifetimeValue: 200 }
gate: { rocAuc: 0.8, trainValidationGap: 0.1, mustBeatChampion: true }
`;
  assert.deepEqual(faultsOf(text), []);
});

test('project schema: what init writes is valid, with and without repairs and remarks', () => {
  const contract = dataSection.parse(parse(whole).data);
  const repair: CleanSection[number] = { repair: 'deduplicate', by: 'customerID', keep: 'last' };
  for (const clean of [[], [repair]]) {
    const text = writeProject('telco', contract, [{ column: 'tenure', message: 'a remark' }], { clean });
    assert.deepEqual(faultsOf(text), []);
    assert.equal(parseProject(text, 'x').clean.length, clean.length);
  }
});

const wrong: [fault: string, text: string, at: RegExp][] = [
  ['an unknown section', `${whole}trian: {}\n`, /additional properties trian/],
  [
    'a wrong kind',
    whole.replace('kind: number', 'kind: figure'),
    /columns\/tenure\/kind must be equal to one/,
  ],
  ['an unknown rule', whole.replace('unit: months', 'units: months'), /columns\/tenure .* units/],
  ['a version to come', whole.replace('version: 1', 'version: 2'), /version must be equal to constant/],
  ['a wrong name', whole.replace('project: telco', 'project: Telco!'), /project must match pattern/],
  ['an unknown model', `${whole}train: { candidates: { forest: {} } }\n`, /candidates .* forest/],
  [
    'an unknown parameter',
    `${whole}train: { candidates: { mlp: { hiden: [[32]] } } }\n`,
    /candidates\/mlp .* hiden/,
  ],
  [
    'a parameter out of range',
    `${whole}train: { candidates: { logistic-regression: { l2: [1, -1] } } }\n`,
    /l2\/1 must be >= 0/,
  ],
  ['an unknown repair', `${whole}clean: [ { repair: mend } ]\n`, /clean\/0/],
  ['a missing target', whole.replace(/ {2}target.*\n/, ''), /data must have required property 'target'/],
  ['a share above 1', `${whole}split: { test: 15 }\n`, /split\/test must be/],
];
for (const [fault, text, at] of wrong) {
  test(`project schema: ${fault} is refused, as by the commands`, () => {
    const faults = faultsOf(text);
    assert.ok(
      faults.some((line) => at.test(line)),
      faults.join('\n') || 'valid',
    );
  });
}

test('project schema: every model of the catalogue and every parameter of it is named with its meaning', () => {
  const { train } = projectJsonSchema().properties as Record<string, { properties: { candidates: unknown } }>;
  const { properties } = train!.properties.candidates as {
    properties: Record<string, { properties: Record<string, { description?: string }> }>;
  };
  assert.deepEqual(
    Object.keys(properties),
    catalogue.classifiers.map(({ id }) => id),
  );
  for (const { id, params } of catalogue.classifiers) {
    for (const name of Object.keys(params.shape)) {
      assert.ok((properties[id]!.properties[name]?.description ?? '').length > 5, `${id}.${name}`);
    }
  }
});

const fences = ['README.md', ...globSync('docs/**/*.md')].sort().flatMap((page) => {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```yaml.*\n([\s\S]*?)^```/gm);
  return [...blocks].map(([, text], i) => ({ page: `${page} (${i + 1})`, text: text! }));
});
/** Examples that show a part of a file: whatever they hold must be right, but not whole. */
const sections = Object.keys(projectJsonSchema().properties as object);
const examples = fences.filter(({ text }) =>
  Object.keys(parse(text) ?? {}).some((key) => sections.includes(key)),
);

test('project schema: there are examples in the pages', () => {
  assert.ok(examples.length >= 4, `${examples.length} of ${fences.length}`);
});

for (const { page, text } of examples) {
  test(`project schema: the example of ${page} is valid`, () => {
    const isPart = parse(text).version === undefined;
    const isAllowed = (fault: string): boolean =>
      isPart && /^(\/data )?must (have required property|match a schema in anyOf)/.test(fault);
    assert.deepEqual(
      faultsOf(text).filter((fault) => !isAllowed(fault)),
      [],
    );
  });
}
