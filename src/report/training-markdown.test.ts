import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullFacts, hostileFacts, priorFacts, syntheticFacts } from './testing/synthetic-facts.ts';
import { writeTrainingMarkdown } from './training-markdown.ts';

const headings = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.startsWith('## ') ? [line.slice(3)] : []));

test('training Markdown: the sections of the page in its order, figures as tables, no long or broken numbers', () => {
  const text = writeTrainingMarkdown(fullFacts());
  assert.deepEqual(headings(text), [
    'In plain words',
    'The list: whom to call',
    'How good it is, in figures',
    'Pictures',
    'Right and wrong decisions',
    'What it leans on',
    'For every kind of customer',
    'Why this model',
    'Gate',
    'What was found in the data',
    'The columns, one by one',
    'Data and decisions',
  ]);
  assert.match(text, /\| ROC-AUC \| 0\.\d{3} \| 0\.\d{3} to 0\.\d{3} \|/);
  assert.match(text, /\| MCC \| 0\.\d{3} \|/);
  assert.match(text, /\| Contract \| Category, none missing, 3 values\..*\| \d\d% of Month-to-month \|/);
  assert.doesNotMatch(text, /undefined|NaN|Infinity|\[object|\d\.\d{7}/);
  assert.equal(writeTrainingMarkdown(structuredClone(fullFacts())), text);
});

test('training Markdown: pictures are told in sentences, and linked only where they lie beside the file', () => {
  assert.doesNotMatch(writeTrainingMarkdown(fullFacts()), /!\[/);
  const linked = writeTrainingMarkdown(fullFacts(), { picturesBeside: true });
  for (const name of ['gain.svg', 'lift.svg', 'profit.svg', 'beeswarm.svg', 'dependence-tenure.svg'])
    assert.ok(linked.includes(`](${name})`), name);
});

test('training Markdown: what a model does not know is left out', () => {
  assert.ok(!headings(writeTrainingMarkdown(syntheticFacts())).includes('The columns, one by one'));
  assert.match(
    writeTrainingMarkdown(priorFacts()),
    /\*\*Refused by the gate\. Not shown to be better than chance/,
  );
  const facts = { ...fullFacts(), seconds: { fits: 1, wall: Number.NaN } };
  assert.match(writeTrainingMarkdown(facts), /The whole run took –/);
});

test('training Markdown: hostile names open no tag, link, cell or heading', () => {
  const text = writeTrainingMarkdown(hostileFacts(), { picturesBeside: true });
  assert.doesNotMatch(text, /(?<!\\)<|(?<!\\)\]\(javascript/);
  assert.equal(headings(text).length, 12);
  let cells = 0;
  for (const line of text.split('\n')) {
    // A table ends at the next line that is none; all of its rows have as many cells as its head.
    if (!line.startsWith('| ')) {
      cells = 0;
      continue;
    }
    const here = line.match(/(?<!\\)\|/g)!.length;
    if (cells !== 0) assert.equal(here, cells, line.slice(0, 80));
    cells = here;
  }
});
