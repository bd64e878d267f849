import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { HoldfastError } from './base/errors.ts';
import { catalogue } from './catalogue.ts';
import { type Contract, dataSection } from './data/contract.ts';
import { projectNameOf, writeProject } from './new-project.ts';
import { parseProject, readProject, trainSpecOf } from './project-file.ts';
import { searchPlan } from './selection/section.ts';

const contractOf = (columns: Record<string, object>, more: object = {}): Contract =>
  dataSection.parse({ source: 'a.csv', target: { column: 'Churn', churned: 'Yes' }, columns, ...more });

function refusalOf(run: () => unknown): Pick<HoldfastError, 'code' | 'message' | 'fields' | 'exit'> {
  try {
    run();
  } catch (error) {
    return error as HoldfastError;
  }
  return assert.fail('was accepted');
}

const minimal = `version: 1
project: telco
data:
  source: a.csv
  target: { column: Churn, churned: "Yes" }
  columns:
    tenure: { kind: number, min: 0 }
`;
const withLine = (line: string): string => `${minimal}${line}\n`;

// What init writes ------------------------------------------------------------------------------------------

const hostileNames = [
  'plain',
  'with space',
  ' leading and trailing ',
  'a: b',
  'a:b',
  "it's",
  'say "hi"',
  '#comment',
  'a #comment',
  '- item',
  '? question',
  '[list]',
  '{map}',
  '&anchor',
  '*alias',
  '!tag',
  '|',
  '>',
  '%directive',
  '@at',
  '`tick`',
  'line\nbreak',
  'tab\there',
  'carriage\rreturn',
  'back\\slash',
  'Yes',
  'no',
  'on',
  'OFF',
  'y',
  'n',
  'true',
  'False',
  'null',
  '~',
  '1',
  '007',
  '0x1F',
  '0o17',
  '1e5',
  '1_000',
  '12:30:45',
  '.5',
  '.inf',
  '.NaN',
  '2020-01-01',
  '<<',
  '=',
  'constructor',
  'toString',
  'a.b.c',
  'Größe (m²)',
  '契約',
  '🙂 emoji',
  '\u200bzero width',
  '\u2028separator',
  '\ufeffmark',
  'x'.repeat(3000),
];

test('written project file: columns, levels, id and target of any name are read back as they were', () => {
  const columns = Object.fromEntries(
    hostileNames.map((name) => [
      name,
      { kind: 'category', levels: [name, 'other', 1, true], nullable: true },
    ]),
  );
  const whole = contractOf(columns);
  assert.deepEqual(parseProject(writeProject('telco', whole, []), 'holdfast.yaml').data, whole);
  for (const name of hostileNames) {
    const contract = contractOf(
      { [name]: columns[name]! },
      { id: `id ${name}`, target: { column: `target ${name}`, churned: name } },
    );
    const text = writeProject('telco', contract, [
      { column: name, message: `a remark # with: "signs"\nand lines` },
    ]);
    assert.deepEqual(parseProject(text, 'holdfast.yaml').data, contract, name);
  }
});

test('for any names and levels: what init writes is read back the same', () => {
  const name = fc
    .string({ unit: 'binary', minLength: 1 })
    .filter((text) => text !== '__proto__' && text.isWellFormed());
  const level = fc.oneof(
    name,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
  );
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.array(level, { maxLength: 4 }), { minKeys: 1, maxKeys: 4 }),
      name,
      (levels, remark) => {
        const columns = Object.fromEntries(
          Object.entries(levels).map(([key, list]) => [key, { kind: 'category', levels: list }]),
        );
        const contract = contractOf(columns);
        const remarks = [
          { column: Object.keys(levels)[0]!, message: remark },
          { column: null, message: remark },
        ];
        assert.deepEqual(parseProject(writeProject('telco', contract, remarks), 'x').data, contract);
      },
    ),
    { numRuns: 60 },
  );
});

test('written project file: a reader of YAML 1.1 sees the same texts', () => {
  const traps = [
    'Yes',
    'No',
    'on',
    'off',
    'y',
    'n',
    '012',
    '0b11',
    '1:30',
    '1_0',
    '2001-01-01',
    '~',
    '<<',
    '=',
  ];
  const columns = Object.fromEntries(traps.map((name) => [name, { kind: 'category', levels: traps }]));
  const text = writeProject('telco', contractOf(columns), []);
  const read = parse(text, { version: '1.1' }) as {
    data: { target: object; columns: Record<string, { levels: unknown }> };
  };
  assert.deepEqual(read.data.target, { column: 'Churn', churned: 'Yes' });
  assert.deepEqual(new Set(Object.keys(read.data.columns)), new Set(traps));
  for (const trap of traps) assert.deepEqual(read.data.columns[trap]!.levels, traps);
  assert.match(text, /churned: "Yes"/);
});

test('written project file: numbers and booleans keep their type, a column is one line, remarks stand beside it', () => {
  const columns = { 'a b': { kind: 'category', levels: [0, 1, true, '0', 'true'], min: 0, nullable: true } };
  const text = writeProject('telco', contractOf(columns), [
    { column: 'a b', message: 'first' },
    { column: 'a b', message: 'second' },
    { column: null, message: 'of the whole' },
  ]);
  const line = text.split('\n').find((each) => each.includes('a b'));
  assert.equal(
    line,
    '    a b: { kind: category, min: 0, levels: [ 0, 1, true, "0", "true" ], nullable: true } # first; second',
  );
  assert.match(text, /^ {2}# of the whole$/m);
  assert.match(text, /^# Made by holdfast init\. /);
  assert.match(text, /^ {2}chance: true\n {2}# chance: .*\n {2}# rocAuc: 0\.80$/m);
});

// What is read ------------------------------------------------------------------------------------------------

test('read project file: what is left out has its default', () => {
  const project = parseProject(minimal, 'holdfast.yaml');
  assert.deepEqual(project.split, { test: 0.15, validation: 0.15, by: 'stratified', seed: 42 });
  assert.equal(project.train.metric, 'roc-auc');
  assert.equal(project.train.folds, 5);
  assert.deepEqual(project.train.threshold, { by: 'f1' });
  const plan = searchPlan(project.train);
  assert.equal(plan.choose, 'one-standard-error');
  assert.equal(plan.trials, 30);
  assert.deepEqual(Object.keys(plan.candidates), [
    'prior',
    'logistic-regression',
    'random-forest',
    'gradient-boosting',
  ]);
  assert.equal(project.gate.chance, false);
  assert.deepEqual(project.data.columns.tenure, {
    kind: 'number',
    min: 0,
    closed: false,
    nullable: false,
    personal: false,
    actionable: false,
    use: 'feature',
  });
});

test('read project file: an unknown key is refused with its line and the nearest known key', () => {
  for (const [text, line, says] of [
    [withLine('gates: {}'), 8, 'gates is not known; did you mean gate?'],
    [withLine('split: { sed: 1 }'), 8, 'split.sed is not known; did you mean seed?'],
    [withLine('train:\n  folds: 5\n  metrics: f1'), 10, 'train.metrics is not known; did you mean metric?'],
    [minimal.replace('min: 0', 'minimum: 0'), 7, 'data.columns.tenure.minimum is not known; known: kind, '],
    [
      minimal.replace('tenure:', '"a.b: c":').replace('min:', 'mim:'),
      7,
      'data.columns.a.b: c.mim is not known; did you mean min?',
    ],
  ] as const) {
    const { code, message, fields, exit } = refusalOf(() => parseProject(text, 'my.yaml'));
    assert.deepEqual([code, exit], ['project.unknown-key', 2]);
    assert.ok(message.startsWith(`my.yaml: line ${line}: ${says}`), message);
    assert.equal(fields.line, line);
    assert.equal(fields.file, 'my.yaml');
  }
});

test('read project file: a wrong value is refused with its line, what is allowed and what it got', () => {
  for (const [text, says] of [
    [withLine('split: { test: 2 }'), 'line 8: split.test must be'],
    [withLine('split:\n  seed: x'), 'line 9: split.seed must be a number, got "x"'],
    [withLine('train: { candidates: [] }'), 'line 8: train.candidates must be'],
    [
      withLine('train:\n  candidates:\n    logistic-regression:\n      l2: [1, .nan]'),
      'line 11: train.candidates.logistic-regression.l2.1 must be a finite number, got NaN',
    ],
    [
      withLine('train: { candidates: { stacking: { models: [[{ id: mlp, params: { alpha: .inf } }]] } } }'),
      'line 8: train.candidates.stacking.models.0.0.params.alpha must be a finite number, got Infinity',
    ],
    [minimal.replace('version: 1', 'version: 3'), 'line 1: version must be 1, got 3'],
    [minimal.replace('project: telco', 'project: Tel Co'), 'line 2: project must be lower-case letters'],
    [minimal.replace('version: 1\n', ''), 'version must be 1, got nothing'],
    [minimal.replace('  source: a.csv\n', ''), 'line 3: data.source must be a text, got nothing'],
    [
      minimal.replace(
        '{ kind: number, min: 0 }',
        '\n      kind: category\n      levels:\n        - a\n        - { b: 1 }',
      ),
      'line 11: data.columns.tenure.levels.1 must be',
    ],
    [
      minimal.replace('kind: number', 'kind: numeric'),
      'line 7: data.columns.tenure.kind must be one of number',
    ],
    [withLine('gate: yes'), 'line 8: gate must be a group of keys, got "yes"'],
  ] as const) {
    const { code, message, exit } = refusalOf(() => parseProject(text, 'my.yaml'));
    assert.deepEqual([code, exit], ['project.value', 2], message);
    assert.ok(message.startsWith(`my.yaml: ${says}`), message);
  }
});

test('read project file: with a catalogue, models and their parameters are refused with their line', () => {
  for (const [text, code, says] of [
    [
      'train:\n  candidates:\n    mpl: {}',
      'catalogue.unknown',
      'line 10: model mpl is not known; did you mean mlp?',
    ],
    [
      'train:\n  candidates:\n    mlp:\n      alpha: 0.1\n      hiden: [8]',
      'param.unknown',
      'line 12: mlp: hiden is not known; did you mean hidden?',
    ],
    [
      'train:\n  search: { method: bayes }\n  candidates:\n    prior: {}\n    mlp:\n      alpha: [0.1, -1]',
      'param.value',
      'line 13: mlp: alpha must be',
    ],
    ['train:\n  candidates: {}', 'project.value', 'line 9: train.candidates: names no model'],
  ] as const) {
    assert.ok(parseProject(withLine(text), 'my.yaml'), 'without a catalogue it is left to the training');
    const refusal = refusalOf(() => parseProject(withLine(text), 'my.yaml', catalogue));
    assert.deepEqual([refusal.code, refusal.exit], [code, 2], refusal.message);
    assert.ok(refusal.message.startsWith(`my.yaml: ${says}`), refusal.message);
    assert.equal(refusal.fields.file, 'my.yaml');
  }
  for (const method of ['grid', 'random', 'auto'])
    assert.ok(parseProject(withLine(`train: { search: { method: ${method} } }`), 'my.yaml', catalogue));
});

test('read project file: what is said in money needs the profit section, and the line that asks for it is named', () => {
  for (const [line, setting] of [
    ['train: { metric: expected-profit }', 'train.metric'],
    ['train: { threshold: { by: expected-profit } }', 'train.threshold.by'],
    ['gate: { expectedProfit: 3 }', 'gate.expectedProfit'],
  ] as const) {
    const { code, message } = refusalOf(() => parseProject(withLine(line), 'my.yaml'));
    assert.equal(code, 'project.value');
    assert.match(message, new RegExp(`^my.yaml: line \\d+: ${setting} must be backed by a profit section`));
    const profit = 'profit: { offer: 10, contact: 1, lifetimeValue: 200 }';
    const project = parseProject(withLine(`${line}\n${profit}`), 'my.yaml');
    assert.deepEqual(trainSpecOf(project, 'my.yaml').profit, {
      offer: 10,
      contact: 1,
      lifetimeValue: 200,
      acceptance: { alpha: 6, beta: 14 },
    });
  }
});

test('read project file: what is no YAML is refused with its line', () => {
  for (const [text, says] of [
    [withLine('gate: [1'), /line (8|9): .*; repair the line$/],
    [withLine('gate: "a'), /line (8|9): .*; repair the line$/],
    [withLine('gate:\n\tchance: true'), /line 9: tabs are not allowed as indentation; repair the line$/],
    [withLine('project: again'), /line 8: the key stands there twice, once allowed; repair the line$/],
    [
      minimal.replace('min: 0 }', 'min: 0 }\n    1: { kind: text }\n    "1": { kind: number }'),
      /line 9: the key stands there twice/,
    ],
    [withLine('---\nversion: 1'), /line 8: a second document begins \(---\), one allowed/],
    ['['.repeat(50_000), /it is nested too deeply/],
    ['', /holds no keys/],
    ['# only words', /holds no keys/],
    ['- a', /holds no keys/],
    ['customerID,tenure\n1,2', /holds no keys/],
  ] as const) {
    const { code, message, exit } = refusalOf(() => parseProject(text, 'my.yaml'));
    assert.deepEqual([code, exit], ['project.syntax', 2], message);
    assert.match(message, says);
    assert.doesNotMatch(message, /\n/);
  }
});

test('read project file: aliases that explode, go in circles or lead nowhere are refused at once', () => {
  const bomb = [...'bcdefghij'].map(
    (key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`,
  );
  for (const text of [
    `a: &a [x,x,x,x,x,x,x,x,x]\n${bomb.join('\n')}`,
    `${minimal}gate: &gate { chance: *gate }`,
    `${minimal}train: { candidates: &c { prior: { x: *c } } }`,
    `${minimal}gate: *nowhere`,
  ]) {
    const startedAt = performance.now();
    const { code, message } = refusalOf(() => parseProject(text, 'my.yaml'));
    assert.equal(code, 'project.syntax');
    assert.match(message, /alias/);
    assert.ok(performance.now() - startedAt < 2000);
  }
});

test('read project file: an alias that repeats a value is fine', () => {
  const project = parseProject(withLine('train:\n  candidates: { prior: &p {}, random-forest: *p }'), 'x');
  assert.deepEqual(project.train.candidates, { prior: {}, 'random-forest': {} });
});

test('read project file: names that JavaScript objects have from birth are names like others', () => {
  const text = minimal.replace('tenure:', 'constructor:');
  assert.deepEqual(Object.keys(parseProject(text, 'x').data.columns), ['constructor']);
  const { code } = refusalOf(() => parseProject(withLine('__proto__: { version: 1 }'), 'x'));
  assert.equal(code, 'project.unknown-key');
  const column = minimal.replace('tenure:', '"__proto__":');
  const refused = refusalOf(() => parseProject(column, 'x'));
  assert.equal(refused.code, 'project.unknown-key');
  assert.match(
    refused.message,
    /^x: line \d+: __proto__ is a reserved name, no key and no column can have it; /,
  );
  const inherited = refusalOf(() => parseProject(withLine('toString: 1'), 'x'));
  assert.equal(inherited.code, 'project.unknown-key');
});

// Files -------------------------------------------------------------------------------------------------------

test('project file: what is no readable project file is refused by kind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'project file '));
  try {
    const file = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'folder'));
    for (const [path, code, says] of [
      [
        join(folder, 'gone.yaml'),
        'project.not-found',
        /^gone\.yaml: no such project file; run holdfast init/,
      ],
      [
        join(folder, 'folder'),
        'project.syntax',
        /^folder: is a folder, a project file needed; name the file in it$/,
      ],
      [file('a.csv', 'a,b\n1,2\n'), 'project.syntax', /^a\.csv: is a table or a model by its name/],
      [file('a.yaml/b'.replace('/', '-'), Uint8Array.of(0x80, 0x81)), 'project.syntax', /is not UTF-8 text/],
      [join(file('c.yaml', minimal), 'd.yaml'), 'project.not-found', /no such project file/],
      [
        file('huge.yaml', '#'.repeat(8_000_001)),
        'project.syntax',
        /has 8000001 bytes, at most 8000000 allowed/,
      ],
    ] as const) {
      await assert.rejects(readProject(path), (error: HoldfastError) => {
        assert.equal(error.code, code);
        assert.match(error.message, says);
        assert.ok(!error.message.includes(folder), 'names the file, not where it lies');
        return true;
      });
    }
    const marked = file('marked.yaml', `\ufeff${minimal.replaceAll('\n', '\r\n')}`);
    assert.deepEqual(await readProject(marked), parseProject(minimal, 'x'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('train spec: the source is relative to the project file, another seed is taken and noted', () => {
  const project = parseProject(minimal, 'x');
  const spec = trainSpecOf(project, 'below/holdfast.yaml', 7);
  assert.equal(spec.sourcePath, resolve('below/a.csv'));
  assert.equal(spec.split.seed, 7);
  assert.equal((spec.resolved as { split: { seed: number } }).split.seed, 7);
  assert.equal(trainSpecOf(project, 'holdfast.yaml').split.seed, 42);
  assert.equal(project.split.seed, 42, 'the project stays as it was');
});

test('project name: from the name of the data, with what a name may hold', () => {
  for (const [path, name] of [
    ['telco.csv', 'telco'],
    ['/data/Q3 Customers (final).parquet', 'q3-customers-final'],
    ['Café_Zürich.csv', 'cafe-zurich'],
    ['клиенты.csv', 'churn'],
    ['--x--.csv', 'x'],
    [`${'long-'.repeat(30)}.csv`, `${'long-'.repeat(12)}lon`],
    [`${'a'.repeat(62)}-b.csv`, 'a'.repeat(62)],
    ['archive.2024.csv', 'archive-2024'],
  ] as const) {
    assert.equal(projectNameOf(path), name, path);
    assert.equal(parseProject(minimal.replace('telco', name), 'x').project, name);
  }
});

test('features: a made column of what is not there is refused with file and line', () => {
  const text = withLine('features:\n  - { make: difference, of: [tenure, tenur], as: gap }');
  const { code, message, fields } = refusalOf(() => parseProject(text, 'holdfast.yaml'));
  assert.equal(code, 'project.value');
  assert.match(
    message,
    /^holdfast\.yaml: line 9: features\.0\.of: no feature column is called tenur; did you mean tenure\?/,
  );
  assert.equal(fields.line, 9);
});

test('project file: keys that contradict each other are refused at the key that is wrong', () => {
  const refused = (more: string, param: string): void =>
    assert.throws(
      () => parseProject(more, 'x'),
      (error: { code?: string; fields?: { param?: string } }) => {
        assert.deepEqual([error.code, error.fields?.param], ['project.value', param]);
        return true;
      },
    );
  const withData = (lines: string): string =>
    `version: 1\nproject: p\ndata:\n  source: a.csv\n  target: { column: Churn, churned: 1 }\n${lines}`;
  refused(withData('  id: Churn\n  columns: {}\n'), 'data.id');
  refused(withData('  id: churnProbability\n  columns: {}\n'), 'data.id');
  refused(withData('  id: reason2\n  columns: {}\n'), 'data.id');
  refused(withData('  columns: { Churn: { kind: number } }\n'), 'data.columns.Churn');
  refused(withData('  id: K\n  columns: { K: { kind: number } }\n'), 'data.columns.K');
  refused(withData('  columns: { a: { kind: number, min: 50, max: 10 } }\n'), 'data.columns.a.min');
});

test('project file: a repair that changes the target is refused with what to do, leaving rows out is not', () => {
  const withClean = (entry: string): string => withLine(`clean:\n  - ${entry}`);
  for (const entry of [
    '{ repair: fill-forward, columns: [tenure, Churn] }',
    '{ repair: set-missing, columns: [tenure, Churn], values: [Unknown] }',
    '{ repair: unreadable-as-missing, columns: [tenure, Churn] }',
    '{ repair: shift-dates, columns: [tenure, Churn], days: 1 }',
  ]) {
    const { code, message, fields } = refusalOf(() => parseProject(withClean(entry), 'holdfast.yaml'));
    assert.deepEqual([code, fields.param, fields.line], ['project.value', 'clean.0.columns.1', 9], entry);
    assert.match(message, /must be another column than the target.*drop-missing.*got "Churn"/);
  }
  for (const entry of [
    '{ repair: drop-missing, columns: [Churn] }',
    '{ repair: deduplicate, by: [tenure, Churn] }',
    '{ repair: fill-forward, columns: [tenure] }',
  ])
    assert.equal(parseProject(withClean(entry), 'x').clean.length, 1);
});

test('project file: a day that is no date is refused with an example', () => {
  const { message } = refusalOf(() =>
    parseProject(withLine('split: { by: time, time: tenure, testFrom: 31.01.2026 }'), 'holdfast.yaml'),
  );
  assert.match(message, /split\.testFrom must be a date such as 2026-01-31, got "31\.01\.2026"/);
});
