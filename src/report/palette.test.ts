import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Colour, colours, dark, declarations, light, themed, variableOf } from './palette.ts';
import { contrast } from './testing/contrast.ts';

for (const [theme, palette] of [
  ['light', light],
  ['dark', dark],
] as const) {
  test(`palette: every text of the ${theme} theme has a contrast of at least 4.5 on what is behind it (WCAG AA)`, () => {
    const texts: readonly [Colour, readonly Colour[]][] = [
      ['ink', ['page', 'card', 'tint']],
      ['soft', ['page', 'card', 'tint']],
      ['accent', ['page', 'card']],
      ['mark', ['card', 'tint']],
      ['good', ['card', 'goodTint', 'tint']],
      ['bad', ['card', 'badTint']],
    ];
    for (const [text, grounds] of texts) {
      for (const ground of grounds) {
        const found = contrast(palette[text], palette[ground]);
        assert.ok(found >= 4.5, `${text} on ${ground}: ${found.toFixed(2)}`);
      }
    }
  });

  test(`palette: lines that carry meaning have a contrast of at least 3 in the ${theme} theme`, () => {
    for (const line of ['accent', 'reference', 'mark', 'ink'] as const)
      assert.ok(contrast(palette[line], palette.card) >= 3, line);
  });
}

test('palette: contrast is that of WCAG 2', () => {
  assert.ok(Math.abs(contrast('#000000', '#ffffff') - 21) < 1e-9);
  assert.ok(Math.abs(contrast('#777777', '#ffffff') - 4.478) < 0.001);
});

test('palette: each light colour names one variable, and only fills and strokes are replaced', () => {
  assert.equal(new Set(colours.map((colour) => light[colour])).size, colours.length);
  assert.equal(variableOf('goodTint'), '--good-tint');
  assert.match(declarations(dark), new RegExp(`--accent: ${dark.accent};`));
  assert.equal(
    themed(`<path fill="${light.accent}" stroke="#123456"/><text>${light.accent}</text>`),
    `<path fill="var(--accent)" stroke="#123456"/><text>${light.accent}</text>`,
  );
});
