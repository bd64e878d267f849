/**
 * The frame of every page: one self-contained file without script, address or outside font.
 *
 * A page is a title, what stands beside it, and sections with a heading each; the list of contents is made of them.
 * Its policy forbids everything but its own style, so that even markup that slipped through could load or run nothing.
 */
import { type Html, html, markupOf, trusted } from './html.ts';
import { pageStyle } from './page-style.ts';

export interface Section {
  /** Kebab-case; the address of the section within the page. */
  readonly id: string;
  readonly title: string;
  /** For the list of contents, where the title is long. */
  readonly shortTitle?: string;
  readonly body: Html;
}

export interface Page {
  /** The kind of page: "Training report". */
  readonly kind: string;
  readonly title: string;
  /** Under the title: what, when, by whom. */
  readonly subtitle: Html;
  readonly sections: readonly Section[];
  readonly footer: Html;
}

export function writePage(page: Page): string {
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="robots" content="noindex" />
<title>${page.title} · ${page.kind}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#${page.sections[0]?.id ?? 'top'}">Skip to the content</a>
<div class="frame" id="top">
<header class="top">
<div class="bar"><span class="brand">${logo}Holdfast</span>${themeSwitch}</div>
<p class="soft small">${page.kind}</p>
<h1>${page.title}</h1>
${page.subtitle}
</header>
<nav class="toc" aria-label="Contents"><ol>
${page.sections.map((section) => html`<li><a href="#${section.id}">${section.shortTitle ?? section.title}</a></li>`)}
</ol></nav>
<main>
${page.sections.map(
  (section) => html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.body}
</section>
`,
)}</main>
<footer>${page.footer}</footer>
</div>
</body>
</html>
`;
  return markupOf(body);
}

/** A picture with its heading and a sentence on how to read it. */
export const figure = (picture: Html, title: string, reading: Html | string): Html =>
  html`<figure class="card"><figcaption><h3>${title}</h3><p>${reading}</p></figcaption>${picture}</figure>`;

/**
 * What may be wider than the page scrolls inside this; it takes the keyboard's focus, so that keys can scroll it too.
 * `wide`: wider than a telephone, where a line above says that there is more.
 */
export const scrollBox = (label: string, content: Html, width: 'narrow' | 'wide' = 'narrow'): Html =>
  html`${width === 'wide' && html`<p class="sideways soft small">Swipe sideways: the table goes on to the right.</p>`}<div class="box" role="region" aria-label="${label}" tabindex="0">${content}</div>`;

/** A picture whose letters would be too small on a telephone: there it scrolls sideways. */
export const widePicture = (label: string, picture: Html): Html =>
  html`<p class="sideways soft small">Swipe sideways: the picture goes on to the right.</p><div class="box picture" role="region" aria-label="${label}" tabindex="0">${picture}</div>`;

/** Tables of so many columns are wider than a telephone. */
const mostNarrow = 5;

/** `fold`: on a narrow screen the last column, a sentence, stands below its row. */
export const tableBox = (
  label: string,
  head: readonly Html[],
  rows: readonly Html[],
  shape: 'plain' | 'fold' = 'plain',
): Html =>
  scrollBox(
    label,
    html`<table class="${shape}">
<thead><tr>${head}</tr></thead>
<tbody>
${rows}</tbody>
</table>`,
    shape === 'plain' && head.length >= mostNarrow ? 'wide' : 'narrow',
  );

export const headCell = (text: string, kind: 'text' | 'number' = 'text'): Html =>
  kind === 'number' ? html`<th scope="col" class="n">${text}</th>` : html`<th scope="col">${text}</th>`;

/** Names and what they are, in two columns; pairs without a value are left out. */
export const factList = (pairs: readonly (readonly [name: string, value: Html | string | null])[]): Html =>
  html`<dl>${pairs.filter(([, value]) => value !== null).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

export const pill = (isGood: boolean, text: string): Html =>
  html`<span class="pill ${isGood ? 'good' : 'bad'}">${mark(isGood)}${text}</span>`;

const mark = (isGood: boolean): Html =>
  html`<svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${isGood ? 'M2 6.5L4.8 9.2L10 3' : 'M3 3L9 9M9 3L3 9'}"/></svg>`;

const logo = html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="var(--accent)"/><path d="M7.5 6V18M16.5 6V18M7.5 12H16.5" stroke="var(--card)" stroke-width="2.6" stroke-linecap="round"/></svg>`;

const themeSwitch = html`<fieldset class="theme"><legend class="hidden">Colours</legend>${(
  [
    ['auto', 'Auto', true],
    ['light', 'Light', false],
    ['dark', 'Dark', false],
  ] as const
).map(
  ([id, text, isChecked]) =>
    html`<input type="radio" name="theme" id="theme-${id}"${isChecked && trusted(' checked="checked"')} /><label for="theme-${id}">${text}</label>`,
)}</fieldset>`;
