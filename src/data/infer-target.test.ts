import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import type { JsonScalar } from './contract.ts';
import { inferTarget, typedLevels } from './infer-target.ts';
import type { ColumnProfile } from './profile.ts';

function targetOf(name: string, levels: readonly string[], more: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name,
    stored: 'text',
    rows: levels.length * 10,
    blank: 0,
    tokens: 0,
    numbers: 0,
    booleans: 0,
    times: 0,
    dateLike: 0,
    others: levels.length * 10,
    whole: 0,
    leadingZeros: 0,
    min: null,
    max: null,
    distinct: levels.length,
    levels: levels.map((level) => ({ level, count: 10 })),
    meanLength: 3,
    ...more,
  };
}

const infer = (
  name: string,
  levels: readonly string[],
  churned?: JsonScalar,
  more: Partial<ColumnProfile> = {},
) => inferTarget([targetOf(name, levels, more)], name, churned);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as HoldfastError).code;
  }
  return 'none';
};

test('infer-target: the churned value is guessed with a remark and keeps its JSON type', () => {
  const guesses: [string, string[], JsonScalar][] = [
    ['Churn', ['No', 'Yes'], 'Yes'],
    ['Exited', ['0', '1'], 1],
    ['Exited', ['0.0', '1.0'], 1],
    ['retained', ['0', '1'], 0],
    ['is_active', ['false', 'true'], false],
    ['churn', ['False', 'True'], true],
    ['Attrition_Flag', ['Attrited Customer', 'Existing Customer'], 'Attrited Customer'],
    ['retained', ['left', 'stayed'], 'left'],
    ['Gekündigt', ['ja', 'nein'], 'ja'],
    ['aktiv', ['Ja', 'Nein'], 'Nein'],
  ];
  for (const [name, levels, churned] of guesses) {
    const { target, remarks } = infer(name, levels);
    assert.deepEqual(target, { column: name, churned }, name);
    assert.equal(remarks.length, 1);
    assert.match(remarks[0]!, /--churned/);
  }
});

test('infer-target: a given value is matched to the level of the file, case aside, without a remark', () => {
  assert.deepEqual(infer('Exited', ['0', '1'], '1'), {
    target: { column: 'Exited', churned: 1 },
    remarks: [],
  });
  assert.equal(infer('Churn', ['No', 'Yes'], 'yes').target.churned, 'Yes');
  assert.equal(infer('active', ['false', 'true'], 'False').target.churned, false);
});

test('infer-target: without a telling name or with a value that is not there, the levels are named', () => {
  assert.throws(
    () => infer('status', ['A', 'B']),
    (error: HoldfastError) => {
      assert.equal(error.code, 'data.target-levels');
      assert.match(
        error.message,
        /2 different values: "A", "B", and none is known to mean churn; name it with --churned/,
      );
      return true;
    },
  );
  assert.equal(
    codeOf(() => infer('Churn', ['No', 'Yes'], 'Maybe')),
    'data.target-levels',
  );
  assert.equal(
    codeOf(() => infer('income', ['1', '2', '3'])),
    'data.target-levels',
  );
  assert.equal(
    codeOf(() => infer('income', [], undefined, { distinct: 5000, levels: null })),
    'data.target-levels',
  );
});

test('infer-target: of more than two outcomes the given one is churn and a remark names the rest', () => {
  const { target, remarks } = infer('Customer Status', ['Churned', 'Joined', 'Stayed'], 'Churned');
  assert.equal(target.churned, 'Churned');
  assert.deepEqual(remarks, [
    '2 other outcomes are all taken as stayed: "Joined" (10 rows), "Stayed" (10 rows)',
  ]);
});

test('infer-target: a missing target has the nearest name, one outcome and empty rows are refused', () => {
  assert.throws(
    () => inferTarget([targetOf('Churn', ['No', 'Yes'])], 'Chrun', undefined),
    (error: HoldfastError) => error.code === 'data.no-target' && /did you mean Churn\?/.test(error.message),
  );
  assert.equal(
    codeOf(() => infer('Churn', ['No'])),
    'data.one-class',
  );
  assert.equal(
    codeOf(() => infer('Churn', [])),
    'data.one-class',
  );
  assert.equal(
    codeOf(() => infer('Churn', ['No', 'Yes'], undefined, { blank: 3 })),
    'data.target-empty',
  );
});

test('infer-target: levels are numbers or booleans only when all of them are', () => {
  assert.deepEqual(typedLevels(['0', '1', '1.0']), [0, 1]);
  assert.deepEqual(typedLevels(['false', 'true']), [false, true]);
  assert.deepEqual(typedLevels(['1', '2', '3+']), ['1', '2', '3+']);
  assert.deepEqual(typedLevels([]), []);
});

test('infer-target: one outcome of several that means churn by itself is guessed, of two such a person says which', () => {
  const { target, remarks } = infer('Status', ['active', 'churned', 'paused']);
  assert.equal(target.churned, 'churned');
  assert.match(
    remarks[0]!,
    /^guessed that "churned" means churned: its name says so; if not, give --churned$/,
  );
  assert.match(remarks[1]!, /^2 other outcomes are all taken as stayed: /);
  assert.equal(infer('Status', ['aktiv', 'gekündigt', 'ruhend']).target.churned, 'gekündigt');
  for (const levels of [
    ['active', 'cancelled', 'closed'],
    ['gold', 'not churned', 'silver'],
  ])
    assert.equal(
      codeOf(() => infer('Status', levels)),
      'data.target-levels',
    );
});

test('infer-target: rows without an outcome are named as they are counted in the file', () => {
  const refuse = (rows: readonly number[]) => () =>
    inferTarget([targetOf('Churn', ['No', 'Yes'], { blank: rows.length })], 'Churn', undefined, rows);
  assert.throws(refuse([487]), {
    code: 'data.target-empty',
    message: /empty in 1 of 20 rows, at row 488; remove/,
    fields: { column: 'Churn', rows: 1, first: 488 },
  });
  assert.throws(refuse([0, 7]), /empty in 2 of 20 rows, first at rows 1, 8; remove/);
});
