import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type DatedAnswer, lineOf, numberText, secondsText } from './answer.ts';
import { historyEntry } from './history.ts';
import { figureOf } from './measure.ts';
import { questions } from './questions.ts';
import { pageOf } from './results.ts';

const answer: DatedAnswer = {
  question: 'forest',
  asks: 'How long does a forest take?',
  options: { isQuick: false, repetitions: 5 },
  at: '2026-11-21T10:20:30.000Z',
  load: 0.25,
  minutes: 3.25,
  commit: 'abcdef0',
  drawings: ['growth.svg'],
  cases: [
    {
      rows: 'telco, 7043 x 19',
      notes: ['one thread'],
      figures: [
        figureOf('CPU against scikit-learn', [8, 10], 'x', { atLeast: 8 }),
        figureOf('AUC behind scikit-learn', [0.002, 0.002], '', { atMost: 0.001 }),
      ],
      sides: [
        {
          name: 'Holdfast',
          threads: 1,
          repetitions: [
            { cpuSeconds: 0.1, wallSeconds: 0.11, facts: { auc: 0.81, trees: 300 } },
            { cpuSeconds: 0.2, wallSeconds: 0.21, facts: { auc: 0.82, trees: 300 } },
          ],
        },
        {
          name: 'scikit-learn',
          threads: 1,
          repetitions: [
            { cpuSeconds: 1, wallSeconds: 1.5, facts: { auc: 0.83 } },
            { cpuSeconds: 2, wallSeconds: 2.5, facts: { auc: 0.83 } },
          ],
        },
      ],
    },
  ],
};

test('line: one line with counts, load, every figure with its limit, and what was missed', () => {
  const line = lineOf(answer);
  assert.doesNotMatch(line, /\n/);
  assert.match(line, /^forest: 5 repetitions, load 0\.3, 3\.3 min; telco, 7043 x 19: /);
  assert.match(line, /CPU against scikit-learn 9x \(8 to 10\), at least 8/);
  assert.match(line, /Holdfast: 150 ms CPU, 160 ms wall, auc 0\.81 to 0\.82, trees 300/);
  assert.match(line, /; MISSED: AUC behind scikit-learn \(telco, 7043 x 19\)$/);
});

test('line: what a look with reduced counts found is marked', () => {
  assert.match(
    lineOf({ ...answer, options: { isQuick: true, repetitions: 2 } }),
    /^forest: REDUCED counts, /,
  );
});

test('page: machine, versions and commit, every repetition of what sides say, missed figures marked', () => {
  const page = pageOf([answer], {
    machine: ['2 x CPU', 'Node 26'],
    versions: ['shap 0.51.0'],
    questions: ['forest'],
  });
  assert.match(page, /^# .+\n/);
  assert.doesNotMatch(page, /Not answered|Reduced counts|Fewer than|Not one run/);
  for (const part of [
    '- Machine: 2 x CPU, Node 26',
    '- Beside: shap 0.51.0',
    '| [forest](#forest) | **missed 1** | 3.3 | 2026-11-21T10:20Z | 0.3 | abcdef0 |',
    '| all | | 3 | | | |',
    '## forest',
    '5 repetitions; ended 2026-11-21T10:20Z, load 0.3; `node bench/learning/forest.ts`.',
    '- CPU against scikit-learn 9x (8 to 10), at least 8',
    '- **Missed**: AUC behind scikit-learn 0.002, at most 0.001',
    '- one thread.',
    '| side | threads | CPU | wall | auc | trees |',
    '| Holdfast | 1 | 150 ms (100 ms to 200 ms) | 160 ms (110 ms to 210 ms) | 0.81, 0.82 | 300 |',
    '| scikit-learn | 1 | 1.50 s (1.00 s to 2.00 s) | 2.00 s (1.50 s to 2.50 s) | 0.83 |  |',
    '![forest](growth.svg)',
  ])
    assert.ok(page.includes(`\n${part}\n`), part);
});

test('page: what was not asked, only looked at, or asked of another commit is said above', () => {
  const look: DatedAnswer = {
    ...answer,
    question: 'mlp',
    options: { isQuick: true, repetitions: 2 },
    commit: '1234567',
  };
  const few: DatedAnswer = { ...answer, question: 'million', options: { isQuick: false, repetitions: 3 } };
  const questions = ['mlp', 'forest', 'telco', 'million'];
  const page = pageOf([look, answer, few], { machine: [], versions: [], questions });
  for (const part of [
    '- **Not answered**: telco',
    '- **Reduced counts**, only a look: mlp',
    '- **Fewer than 5 repetitions**: million (3)',
    '- **Not one run**: the questions were asked of different commits',
    '| [mlp](#mlp) | **missed 1**, reduced | 3.3 | 2026-11-21T10:20Z | 0.3 | 1234567 |',
    '| all | | 10 | | | |',
  ])
    assert.ok(page.includes(`\n${part}\n`), part);
});

test('history: an entry a run with its figures, under a heading that is repeated only when it changes', () => {
  const first = historyEntry(answer, ['2 x CPU', 'shap 0.51.0'], '# What\n');
  assert.equal(
    first,
    [
      '',
      '## 2 x CPU, shap 0.51.0',
      '',
      '- 2026-11-21T10:20Z **forest** missed 1: 5 repetitions, load 0.3, 3.3 min, commit abcdef0',
      '  - telco, 7043 x 19: CPU against scikit-learn 9x (8 to 10), at least 8; **AUC behind scikit-learn 0.002, at most 0.001**',
      '',
    ].join('\n'),
  );
  const look: DatedAnswer = { ...answer, cases: [], options: { isQuick: true, repetitions: 2 } };
  const second = historyEntry(look, ['2 x CPU', 'shap 0.51.0'], `# What\n${first}`);
  assert.match(second, /^- 2026-11-21T10:20Z \*\*forest\*\* held: \*\*reduced counts\*\*, 2 repetitions/);
  assert.match(historyEntry(look, ['4 x CPU'], `# What\n${first}${second}`), /^\n## 4 x CPU\n\n- /);
});

test('numbers: four digits that count, whole numbers whole; seconds in the unit that reads', () => {
  assert.deepEqual([0.84417, 123.456, 200, 1e-7, -0.00213].map(numberText), [
    '0.8442',
    '123.5',
    '200',
    '1.00e-7',
    '-0.00213',
  ]);
  assert.deepEqual([2e-6, 0.0123, 12.345].map(secondsText), ['2.00 us', '12.3 ms', '12.35 s']);
});

test('questions: each is a file here and a row of the README, and no two share a name', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  assert.equal(new Set(questions).size, questions.length);
  for (const question of questions) {
    assert.ok(existsSync(new URL(`${question}.ts`, import.meta.url)), question);
    assert.ok(readme.includes(`\`node bench/learning/${question}.ts\``), `README: ${question}`);
  }
  const telling = readdirSync(new URL('.', import.meta.url)).filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      readFileSync(new URL(file, import.meta.url), 'utf8').includes('tellAnswer({'),
  );
  assert.deepEqual(telling.map((file) => file.slice(0, -3)).sort(), [...questions].sort());
});

test('peers: every package is pinned to one version', () => {
  const pins = readFileSync(new URL('requirements.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.ok(pins.length > 10);
  for (const pin of pins) assert.match(pin, /^[A-Za-z0-9_.-]+==[0-9][A-Za-z0-9.]*$/);
});
