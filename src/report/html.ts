/**
 * Markup that cannot be broken by a name: every text put into `html` is escaped, only `Html` passes as it is.
 *
 * Column names, levels and project names come from strangers. Characters that XML forbids, and those that turn the
 * reading direction, become U+FFFD, so a page stays well-formed and reads in the order in which it is written.
 */
const markup: unique symbol = Symbol('markup');

/** Finished markup. The key is a symbol: no parsed JSON or YAML can pass for it. */
export interface Html {
  readonly [markup]: string;
}

export type HtmlPart = string | number | Html | readonly Html[] | null | undefined | false;

/** html`<b>${name}</b>`: the parts escaped, lists joined, null and false left out. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let result = texts[0]!;
  parts.forEach((part, i) => {
    result += markupOfPart(part) + texts[i + 1]!;
  });
  return trusted(result);
}

/** Text that this project wrote itself and that is markup already. Never for anything that was read. */
export const trusted = (text: string): Html => ({ [markup]: text });

export const markupOf = (part: Html): string => part[markup];

export const join = (parts: readonly Html[], between = ''): Html =>
  trusted(parts.map(markupOf).join(between));

/** Escaped for text and for attributes in either kind of quotes. */
export const escapeHtml = (text: string): string =>
  cleanText(text).replace(/[&<>"']/g, (character) => entities[character]!);

/** One line of text without characters that XML forbids or that turn the reading direction. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\t\r\n]+/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it removes
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '\ufffd');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOfPart(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return 'length' in part ? part.map(markupOf).join('') : part[markup];
  return escapeHtml(String(part));
}
