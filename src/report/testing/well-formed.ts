/** A small strict XML reader for tests: says what is wrong with a text, or gives its elements. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** All text in it, entities read. */
  text: string;
  readonly children: Element[];
}

/** The root element of a page or an SVG; throws with the place where the text is not well-formed. */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open: Element[] = [root];
  let at = 0;
  const fail = (why: string): never => {
    throw new SyntaxError(`${why} at ${at}: ${text.slice(Math.max(0, at - 40), at + 40)}`);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids these
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.exec(text);
  if (forbidden) {
    at = forbidden.index;
    fail('a forbidden character');
  }
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const words = text.slice(at, next < 0 ? undefined : next);
    if (open.length === 1 && words.trim() !== '') fail('text outside the root');
    const read = readText(words, fail);
    for (const element of open) element.text += read;
    if (next < 0) break;
    at = next;
    const markup = tag.exec(text.slice(at)) ?? fail('no tag');
    const [whole, doctype, closing, opening, attributes = '', selfClosing] = markup;
    if (closing !== undefined) {
      if (open.length === 1 || open.at(-1)!.name !== closing) fail(`</${closing}> closes nothing`);
      open.pop();
    } else if (opening !== undefined) {
      const element: Element = {
        name: opening,
        attributes: readAttributes(attributes, fail),
        text: '',
        children: [],
      };
      if (open.length === 1 && root.children.length > 0) fail('a second root');
      open.at(-1)!.children.push(element);
      if (!selfClosing) open.push(element);
    } else if (doctype !== undefined && root.children.length > 0) fail('a late doctype');
    at += whole.length;
  }
  if (open.length > 1) fail(`<${open.at(-1)!.name}> is not closed`);
  return root.children[0] ?? fail('nothing in it');
}

/** The element and all below it, in the order in which they are read. */
export const allElements = (element: Element): Element[] => [
  element,
  ...element.children.flatMap(allElements),
];

const attribute = /\s+([A-Za-z_][\w:.-]*)="([^"<]*)"/y;
const tag =
  /^(?:(<!doctype html>)|<\/([A-Za-z][\w:-]*)\s*>|<([A-Za-z][\w:-]*)((?:\s+[A-Za-z_][\w:.-]*="[^"<]*")*)\s*(\/?)>)/i;

function readAttributes(text: string, fail: (why: string) => never): Record<string, string> {
  const result: Record<string, string> = Object.create(null);
  attribute.lastIndex = 0;
  for (let match = attribute.exec(text); match; match = attribute.exec(text)) {
    const [, name, value] = match;
    if (name! in result) fail(`${name} is given twice`);
    result[name!] = readText(value!, fail);
  }
  return result;
}

function readText(text: string, fail: (why: string) => never): string {
  return text.replace(/&(?:(\w+|#\d+);)?/g, (whole, name: string | undefined) => {
    const value = name === undefined ? undefined : entities[name];
    return value ?? fail(`${whole} is no entity`);
  });
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};
