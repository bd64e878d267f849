import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExplanationFacts, writeExplanationPage } from './explanation-page.ts';
import { hostileNames } from './testing/synthetic-facts.ts';
import { allElements, parseXml } from './testing/well-formed.ts';

const facts: ExplanationFacts = {
  customer: 'C000003',
  model: { name: 'telco', label: '20260101.nogit' },
  churn: true,
  threshold: 0.31,
  band: 'high',
  certainty: 'unsure',
  waterfall: {
    link: 'probability',
    base: 0.25,
    baseProbability: 0.25,
    probability: 0.55,
    parts: [
      { label: 'Contract: Month-to-month', contribution: 0.4 },
      { label: 'tenure: 60 months', contribution: -0.1 },
    ],
  },
  isExact: false,
  columns: [
    { column: 'Contract', value: 'Month-to-month', contribution: 0.4, standardError: 0.012 },
    { column: 'tenure', value: '60 months', contribution: -0.1, standardError: null },
  ],
  reasons: ['Contract is Month-to-month, more often seen among those who left.'],
  counterfactuals: {
    target: 0.31,
    caution: 'associated, not caused',
    reason: null,
    answers: [{ changes: 'Contract One year instead of Month-to-month', score: 0.28 }],
  },
  remarks: ['The model has learned from this customer.'],
};
const read = async (more: Partial<ExplanationFacts> = {}) => {
  const page = await writeExplanationPage({ ...facts, ...more });
  const elements = allElements(parseXml(page));
  const sections = elements.filter(({ name }) => name === 'section');
  return { page, sections, text: sections.map(({ text }) => text).join(' ') };
};

test('explanation page: score, threshold, band, reasons, picture, every column with its part, and what would change it', async () => {
  const { sections, text, page } = await read();
  assert.deepEqual(
    sections.map(({ attributes }) => attributes.id),
    ['score', 'columns', 'changes'],
  );
  assert.match(
    text,
    /55\.0% churn probability\s*Flagged as a likely leaver: the threshold is 31\.0%\. Band high, unsure/,
  );
  assert.match(text, /more often seen among those who left/);
  assert.match(text, /Month-to-month\+40\.0± 1\.2/);
  assert.match(text, /60 months−10\.0–/);
  assert.match(text, /One year instead of Month-to-month: 28\.0%/);
  assert.match(text, /Associated, not caused/);
  assert.match(page, /<svg [^>]*aria-label="Why this score/);
});

test('explanation page: exact values have no standard error, log-odds their own unit', async () => {
  const { text } = await read({
    isExact: true,
    waterfall: { ...facts.waterfall, link: 'logit', base: -1.1 },
  });
  assert.match(text, /Log-odds/);
  assert.match(text, /\+0\.40/);
  assert.doesNotMatch(text, /Standard error/);
});

test('explanation page: says why nothing can be changed, and is silent where nothing has to', async () => {
  const none = {
    target: 0.31,
    caution: 'associated, not caused',
    reason: 'no change gets below',
    answers: [],
  };
  assert.match((await read({ counterfactuals: none })).text, /no change gets below\./);
  const safe = { ...none, target: 0.9 };
  assert.equal((await read({ counterfactuals: safe })).sections.length, 2);
  assert.equal((await read({ counterfactuals: null })).sections.length, 2);
});

test('explanation page: hostile values are text', async () => {
  const all = hostileNames.join(' ');
  const { page } = await read({
    customer: all,
    reasons: [...hostileNames],
    columns: hostileNames.map((name) => ({
      column: name,
      value: name,
      contribution: 1,
      standardError: null,
    })),
    waterfall: { ...facts.waterfall, parts: hostileNames.map((label) => ({ label, contribution: 0.1 })) },
  });
  assert.doesNotMatch(page, /<script|<img|<svg onload|onerror="/);
});
