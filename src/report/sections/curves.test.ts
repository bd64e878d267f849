import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { curvesSection } from './curves.ts';

test('curves: six pictures, that of the money only with a profit section, each with a heading and a sentence on how to read it', async () => {
  const { elements } = readSection(await curvesSection(fullFacts()));
  const figures = elements.filter(({ name }) => name === 'figure');
  assert.deepEqual(
    figures.map(({ children }) => children[0]!.children[0]!.text),
    ['Gain', 'Lift', 'Expected profit', 'ROC curve', 'Precision and recall', 'Calibration'],
  );
  for (const { children } of figures) {
    assert.ok(children[0]!.children[1]!.text.length > 60);
    assert.equal(children[1]!.name, 'svg');
  }
  const without = readSection(await curvesSection(syntheticFacts()));
  assert.equal(without.elements.filter(({ name }) => name === 'figure').length, 5);
});
