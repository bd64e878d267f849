import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fullFacts,
  hostileFacts,
  hostileNames,
  priorFacts,
  syntheticFacts,
} from './testing/synthetic-facts.ts';
import { allElements, type Element, parseXml } from './testing/well-formed.ts';
import type { TrainingFacts } from './training-facts.ts';
import { writeTrainingReport } from './training-page.ts';

const sections = [
  'verdict',
  'list',
  'metrics',
  'curves',
  'decisions',
  'importance',
  'effects',
  'segments',
  'choice',
  'gate',
  'findings',
  'columns',
  'data',
  'card',
];
/** What models of before these were kept, or without any effect, have no section for. */
const optional: Readonly<Record<string, readonly string[]>> = {
  'a run without a signal': ['effects'],
  'a refused gate': ['effects', 'findings', 'columns'],
  'nothing that can be empty': ['effects', 'findings', 'columns'],
};
const sectionsOf = (what: string): readonly string[] =>
  sections.filter((id) => !optional[what]?.includes(id));

const variants: Readonly<Record<string, () => TrainingFacts>> = {
  'a usual run': fullFacts,
  'a run without a signal': priorFacts,
  'hostile names': hostileFacts,
  'a refused gate': () => syntheticFacts({ rows: 300, gate: { rocAuc: 0.99 } }),
  'no conditions': () => ({ ...fullFacts(), gate: { passed: true, checks: [] } }),
  'nothing that can be empty': () => {
    const facts = syntheticFacts();
    return {
      ...facts,
      model: { ...facts.model, author: null, description: null, learned: '' },
      segments: [],
      leftOut: [],
      notes: [],
      importance: [],
    };
  },
  'one candidate': () => ({ ...fullFacts(), leaderboard: fullFacts().leaderboard.slice(1, 2) }),
};

const sectionOf = (page: readonly Element[], id: string): Element =>
  page.find(({ name, attributes }) => name === 'section' && attributes.id === id)!;

for (const [what, factsOf] of Object.entries(variants)) {
  test(`training report of ${what}: well-formed, whole, self-contained, no long numbers`, async () => {
    const page = await writeTrainingReport(factsOf());
    const elements = allElements(parseXml(page));
    assert.deepEqual(
      elements.filter(({ name }) => name === 'section').map(({ attributes }) => attributes.id),
      sectionsOf(what),
    );
    for (const id of sectionsOf(what)) assert.ok(sectionOf(elements, id).text.length > 40, id);
    assert.ok(page.length < 1_500_000);
    const forbidden = ['script', 'iframe', 'object', 'img', 'link', 'form', 'base'];
    assert.deepEqual(
      elements.filter(({ name }) => forbidden.includes(name)).map(({ name }) => name),
      [],
    );
    for (const { attributes } of elements) {
      for (const [name, value] of Object.entries(attributes)) {
        assert.doesNotMatch(name, /^on|^style$|^src$|^xlink/);
        if (name === 'href') assert.match(value, /^#[a-z]/);
        if (name !== 'xmlns' && !/label/.test(name)) assert.doesNotMatch(value, /https?:/);
      }
    }
    if (what !== 'hostile names') {
      assert.doesNotMatch(page.replaceAll('http://www.w3.org/2000/svg', ''), /https?:/);
      const words = sectionsOf(what)
        .map((id) => sectionOf(elements, id).text)
        .join(' ');
      assert.doesNotMatch(words, /undefined|NaN|Infinity|\[object|\d\.\d{7}/);
    }
  });
}

test('training report: about 250 kB, and the same facts give the same page', async () => {
  const page = await writeTrainingReport(fullFacts());
  assert.equal(await writeTrainingReport(structuredClone(fullFacts())), page);
  assert.ok(page.length > 150_000 && page.length < 350_000, String(page.length));
});

test('training report: under 1.5 MB for a table of many columns, of which the last are left out and counted', async () => {
  const facts = fullFacts();
  const [one] = facts.overview!.columns;
  const [swarm] = facts.contributions!.columns;
  const many = Array.from({ length: 80 }, (_, i) => ({ ...one!, column: `a column with a long name, ${i}` }));
  const page = await writeTrainingReport({
    ...facts,
    overview: { ...facts.overview!, columns: many, columnCount: 200 },
    importance: many.map(({ column }) => ({ column, value: 0.01, sd: 0.001 })),
    contributions: {
      link: 'logit',
      rows: 200,
      columns: many.slice(0, 10).map(({ column }) => ({ ...swarm!, column })),
    },
  });
  assert.ok(page.length < 1_500_000, String(page.length));
  assert.match(page, /120 further columns, which by themselves say less, are left out/);
});

test('training report: hostile names are read back as they are, and nowhere as markup', async () => {
  const page = await writeTrainingReport(hostileFacts());
  assert.doesNotMatch(page, /<script|<img|<svg onload|onerror="/);
  const { text } = sectionOf(allElements(parseXml(page)), 'data');
  assert.ok(
    text.includes(hostileNames[0]) && text.includes(hostileNames[1]) && text.includes(hostileNames[3]),
  );
});

test('training report: no headings are skipped, no id is given twice, every picture has a name', async () => {
  const elements = allElements(parseXml(await writeTrainingReport(fullFacts())));
  const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
  levels.forEach((level, i) => {
    assert.ok(level <= (levels[i - 1] ?? 0) + 1, `h${level} after h${levels[i - 1]}`);
  });
  const ids = elements.flatMap(({ attributes }) => (attributes.id ? [attributes.id] : []));
  assert.equal(new Set(ids).size, ids.length);
  for (const { name, attributes } of elements) {
    if (name === 'svg') assert.ok(attributes['aria-hidden'] === 'true' || attributes['aria-label']);
  }
});

test('training report: the verdict is told in its first section', async () => {
  const passed = allElements(parseXml(await writeTrainingReport(fullFacts())));
  const words = sectionOf(passed, 'verdict').text;
  assert.match(words, /Passed the gate/);
  assert.match(words, /of 100 flagged customers leave/);
  assert.match(words, /Contract, tenure and InternetService/);
  assert.match(words, /association, not cause/);
  const refused = allElements(parseXml(await writeTrainingReport(priorFacts())));
  assert.match(sectionOf(refused, 'verdict').text, /Refused by the gate/);
  assert.match(sectionOf(refused, 'verdict').text, /Not shown to be better than chance/);
});
