import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { parseParams } from '../base/schema.ts';
import { bandsSection, conformalSection, gateSection, profitSection, thresholdSection } from './section.ts';

const project = z.strictObject({
  threshold: thresholdSection,
  bands: bandsSection,
  gate: gateSection,
  profit: profitSection.optional(),
});
const parse = (value: unknown) => parseParams('project', project, value);

test('sections: left out, they have their defaults', () => {
  assert.deepEqual(parse({}), {
    threshold: { by: 'f1' },
    bands: {},
    gate: { chance: false, mustBeatChampion: false },
  });
});

test('sections: thresholds by cost, capacity and profit, the campaign and the coverage arrive', () => {
  for (const threshold of [
    { by: 'cost', falsePositive: 5, falseNegative: 50 },
    { by: 'capacity', customers: 500 },
    { by: 'capacity', share: 0.1 },
    { by: 'expected-profit' },
  ])
    assert.deepEqual(parse({ threshold }).threshold, threshold);
  assert.deepEqual(profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 }), {
    offer: 10,
    contact: 1,
    lifetimeValue: 200,
    acceptance: { alpha: 6, beta: 14 },
  });
  assert.deepEqual(conformalSection.parse(undefined), { coverage: 0.9 });
});

test('sections: the written values arrive', () => {
  const written = {
    threshold: { by: 'fixed', value: 0.3 },
    bands: { high: 0.6, medium: 0.6 },
    gate: { chance: true, rocAuc: 0.8, trainValidationGap: 0.1, mustBeatChampion: true },
  };
  assert.deepEqual(parse(written), written);
});

for (const [value, code, message] of [
  [{ gate: { rocauc: 0.8 } }, 'param.unknown', /gate\.rocauc is not known; did you mean rocAuc\?/],
  [{ gate: { recall: 1.2 } }, 'param.value', /gate\.recall must be at most 1, got 1\.2/],
  [
    { bands: { high: 0.2, medium: 0.4 } },
    'param.value',
    /bands\.medium must be at most bands\.high, got 0\.4/,
  ],
  [{ threshold: { by: 'fixed' } }, 'param.value', /threshold\.value must be a number, got nothing/],
  [
    { threshold: { by: 'f1', value: 0.3 } },
    'param.unknown',
    /threshold\.value goes with by: fixed, not with by: f1/,
  ],
  [
    { threshold: { by: 'cost', falsePositive: 5 } },
    'param.value',
    /threshold\.falseNegative must be a number, got nothing/,
  ],
  [
    {
      threshold: {
        by: 'cost',
        matrix: [
          [0, 5],
          [50, 0],
        ],
      },
    },
    'param.value',
    /threshold\.falsePositive must be/,
  ],
  [
    { threshold: { by: 'capacity' } },
    'param.value',
    /threshold\.customers must be given, or share in its place, never both, got nothing/,
  ],
  [{ threshold: { by: 'capacity', customers: 5, share: 0.1 } }, 'param.value', /never both, got 5/],
  [
    { profit: { offer: 200, contact: 1, lifetimeValue: 200 } },
    'param.value',
    /profit\.offer must be below profit\.lifetimeValue, got 200/,
  ],
  [
    { profit: { offer: 10, contact: 1 } },
    'param.value',
    /profit\.lifetimeValue must be a number, got nothing/,
  ],
  [{ threshold: { by: 'profit' } }, 'param.value', /threshold\.by must be/],
] as const) {
  test(`sections: ${JSON.stringify(value)} is refused`, () => {
    assert.throws(() => parse(value), { code, message });
  });
}
