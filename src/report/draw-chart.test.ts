import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationChart } from './charts/calibration.ts';
import type { Chart } from './charts/chart.ts';
import { gainChart } from './charts/gain.ts';
import { importanceChart } from './charts/importance.ts';
import { leaderboardChart } from './charts/leaderboard.ts';
import { prChart } from './charts/pr.ts';
import { rocChart } from './charts/roc.ts';
import { drawChart, embedChart } from './draw-chart.ts';
import { markupOf } from './html.ts';
import { colours, light } from './palette.ts';
import { fullFacts, hostileFacts, priorFacts } from './testing/synthetic-facts.ts';
import { textsOf } from './testing/texts.ts';
import { allElements, parseXml } from './testing/well-formed.ts';
import type { TrainingFacts } from './training-facts.ts';

const chartsOf = (facts: TrainingFacts): Chart[] => [
  rocChart(facts),
  prChart(facts),
  calibrationChart(facts),
  gainChart(facts),
  importanceChart(facts),
  leaderboardChart(facts.leaderboard),
];

test('charts: drawn twice, and after others, they are equal to the byte', async () => {
  const charts = chartsOf(fullFacts());
  const first = await Promise.all(charts.map(drawChart));
  const second = await Promise.all(charts.toReversed().map(drawChart));
  assert.deepEqual(second.toReversed(), first);
});

for (const [what, factsOf] of [
  ['a usual run', fullFacts],
  ['a run without a signal', priorFacts],
  ['hostile names', hostileFacts],
] as const) {
  test(`charts of ${what}: well-formed, named, without style, script, class or address`, async () => {
    for (const chart of chartsOf(factsOf())) {
      const svg = await drawChart(chart);
      const root = parseXml(svg);
      assert.equal(root.name, 'svg');
      assert.equal(root.attributes.role, 'img');
      assert.equal(root.attributes.viewBox, `0 0 ${chart.width} ${chart.height}`);
      assert.ok(root.attributes['aria-label']!.length > 30, chart.id);
      assert.equal(root.children[0]!.name, 'title');
      const names = new Set(allElements(root).map(({ name }) => name));
      for (const name of names)
        assert.ok(
          ['svg', 'title', 'g', 'path', 'rect', 'text', 'defs', 'clipPath', 'circle'].includes(name),
          name,
        );
      for (const { attributes } of allElements(root)) {
        for (const name of Object.keys(attributes)) assert.doesNotMatch(name, /^(style|class|on|href|xlink)/);
      }
      const values = allElements(root)
        .slice(1)
        .map(({ attributes }) => Object.values(attributes));
      assert.doesNotMatch(values.join(' '), /url\((?!#)|NaN|undefined/);
      assert.ok(svg.length < 30_000, `${chart.id}: ${svg.length}`);
    }
  });
}

test('charts: every colour is of the palette and becomes a variable in a page', async () => {
  const known = new Set<string | undefined>(colours.map((colour) => light[colour]));
  for (const chart of chartsOf(fullFacts())) {
    const shapes = allElements(parseXml(await drawChart(chart)));
    const clipped = new Set(
      shapes.filter(({ name }) => name === 'clipPath').flatMap(({ children }) => children),
    );
    for (const shape of shapes.filter((each) => !clipped.has(each))) {
      for (const colour of [shape.attributes.fill, shape.attributes.stroke])
        assert.ok(colour === undefined || colour === 'none' || known.has(colour), `${chart.id}: ${colour}`);
    }
    const embedded = allElements(parseXml(markupOf(await embedChart(chart))));
    const paints = embedded.flatMap(({ attributes }) => [attributes.fill, attributes.stroke]);
    assert.ok(paints.includes('var(--accent)'));
    assert.ok(!paints.some((paint) => known.has(paint)));
  }
});

test('charts: ids of their parts differ between charts of one page', async () => {
  const ids: string[] = [];
  for (const chart of chartsOf(fullFacts())) {
    const svg = await drawChart(chart);
    const own = allElements(parseXml(svg)).flatMap(({ attributes }) =>
      attributes.id ? [attributes.id] : [],
    );
    for (const match of svg.matchAll(/url\(#([^)]*)\)/g))
      assert.ok(own.includes(match[1]!), `${chart.id}: ${match[1]}`);
    ids.push(...own);
  }
  assert.equal(new Set(ids).size, ids.length);
});

test('charts: names that look like parts of the drawing are left as they are', async () => {
  const importance = ['zr0-cls-1', 'v1.23456', 'fill="#1f5fbf"'].map((column) => ({
    column,
    value: 1,
    sd: 0,
  }));
  const texts = textsOf(markupOf(await embedChart(importanceChart({ importance }))));
  for (const { column } of importance) assert.ok(texts.includes(column), column);
});
