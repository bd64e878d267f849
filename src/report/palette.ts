/**
 * The colours of pages and charts, in a light and a dark theme.
 *
 * A chart is drawn once, in the light colours, so its file stands alone; `themed` replaces them by CSS variables, and
 * the page's theme decides. Text has a contrast of at least 4.5 on `page` and `card` in both themes, lines and marks
 * that carry meaning at least 3: a test computes it.
 */
export interface Palette {
  readonly page: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly grid: string;
  readonly accent: string;
  readonly tint: string;
  readonly reference: string;
  readonly mark: string;
  readonly good: string;
  readonly goodTint: string;
  readonly bad: string;
  readonly badTint: string;
}

export type Colour = keyof Palette;

/** Every value differs, for it also names the colour in a drawn chart. */
export const light: Palette = {
  page: '#f5f6f8',
  card: '#ffffff',
  ink: '#17202b',
  soft: '#52606f',
  line: '#dde2e8',
  grid: '#e8ebef',
  accent: '#1f5fbf',
  tint: '#dbe7f8',
  reference: '#7d8998',
  mark: '#a33f09',
  good: '#13694a',
  goodTint: '#dff3ea',
  bad: '#a8231a',
  badTint: '#fbe6e3',
};

export const dark: Palette = {
  page: '#0e1318',
  card: '#161c23',
  ink: '#e7ecf2',
  soft: '#a3b0be',
  line: '#2b3541',
  grid: '#242d37',
  accent: '#78abf5',
  tint: '#213a5c',
  reference: '#8493a3',
  mark: '#f49a5b',
  good: '#5fcf9f',
  goodTint: '#12352a',
  bad: '#ff958b',
  badTint: '#43201d',
};

export const colours = Object.keys(light) as Colour[];

export const variableOf = (colour: Colour): string =>
  `--${colour.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** The palette as CSS declarations. */
export const declarations = (palette: Palette): string =>
  colours.map((colour) => `${variableOf(colour)}: ${palette[colour]};`).join(' ');

const variableOfHex: ReadonlyMap<string, string> = new Map(
  colours.map((colour) => [light[colour], variableOf(colour)]),
);

/** The light colours of an SVG's fills and strokes as CSS variables. */
export const themed = (svg: string): string =>
  svg.replace(/ (fill|stroke)="(#[0-9a-f]{6})"/g, (whole, attribute: string, hex: string) => {
    const variable = variableOfHex.get(hex);
    return variable === undefined ? whole : ` ${attribute}="var(${variable})"`;
  });
