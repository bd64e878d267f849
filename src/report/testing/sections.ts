/** Sections as a reader finds them, for tests. */
import { html, markupOf } from '../html.ts';
import type { Section } from '../page-frame.ts';
import { allElements, type Element, parseXml } from './well-formed.ts';

export interface ReadSection {
  readonly text: string;
  readonly elements: readonly Element[];
  /** The words of each cell, a list a row, of all tables. */
  readonly rows: readonly (readonly string[])[];
}

/** Throws when the section is not well-formed. */
export function readSection(section: Section): ReadSection {
  const root = parseXml(markupOf(html`<section>${section.body}</section>`));
  const elements = allElements(root);
  const rows = elements
    .filter(({ name }) => name === 'tr')
    .map(({ children }) => children.map(({ text }) => text.replace(/\s+/g, ' ').trim()));
  return { text: root.text.replace(/\s+/g, ' '), elements, rows };
}
