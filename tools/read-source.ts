/**
 * Just enough of a TypeScript reader for this project's own tests: what a file imports, and its code without
 * comments and texts. TypeScript 7 exports no compiler API that could be asked instead.
 */

export interface Source {
  /** The code with comments and the insides of texts and regular expressions as blanks; lines stay where they are. */
  readonly code: string;
  /** What is imported, as written: static, type-only, dynamic, re-exported, or as a URL. null = a computed name. */
  readonly imports: readonly (string | null)[];
}

export function readSource(text: string): Source {
  const code = [...text];
  const texts = new Map<number, string>();
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (code[i] !== '\n') code[i] = ' ';
  };
  blankOut(text, blank, texts);
  const clean = code.join('');
  return { code: clean, imports: importsIn(clean, texts) };
}

/** Walks once over the text; `texts` gets the content of each string literal by the place of its opening quote. */
function blankOut(text: string, blank: (from: number, to: number) => void, texts: Map<number, string>): void {
  // Open braces inside `${...}` of templates: a closing brace at depth 0 goes back to the template.
  const templates: number[] = [];
  let i = 0;
  const template = (from: number): number => {
    let at = from;
    while (at < text.length && text[at] !== '`') {
      if (text[at] === '\\') at++;
      else if (text[at] === '$' && text[at + 1] === '{') {
        blank(from, at);
        templates.push(0);
        return at + 2;
      }
      at++;
    }
    blank(from, at);
    return at + 1;
  };
  while (i < text.length) {
    const c = text[i]!;
    const next = text[i + 1];
    if (c === '/' && next === '/') {
      const end = endOf(text, '\n', i);
      blank(i, end);
      i = end;
    } else if (c === '/' && next === '*') {
      const end = endOf(text, '*/', i + 2) + 2;
      blank(i, end);
      i = end;
    } else if (c === "'" || c === '"') {
      const end = closing(text, i + 1, c);
      texts.set(i, text.slice(i + 1, end));
      blank(i + 1, end);
      i = end + 1;
    } else if (c === '`') {
      i = template(i + 1);
    } else if (c === '/' && beginsRegExp(text, i)) {
      const end = closingRegExp(text, i + 1);
      blank(i + 1, end);
      i = end + 1;
    } else if (c === '{' && templates.length > 0) {
      templates[templates.length - 1]!++;
      i++;
    } else if (c === '}' && templates.at(-1) === 0) {
      templates.pop();
      i = template(i + 1);
    } else {
      if (c === '}' && templates.length > 0) templates[templates.length - 1]!--;
      i++;
    }
  }
}

function importsIn(code: string, texts: ReadonlyMap<number, string>): (string | null)[] {
  const found: (string | null)[] = [];
  // `from '...'` of import and export, a bare `import '...'`, `import(...)`, `new URL('...', import.meta.url)` and
  // the same through moduleUrl.
  const places =
    /\bfrom\s*(?=['"])|\bimport\s*(?=['"])|(?<![.\w$])import\s*\(\s*|\bimport\.meta\.resolve\s*\(\s*|\b(?:new\s+URL|moduleUrl)\s*\(\s*(?=['"] *['"]\s*,\s*import\.meta\.url)/g;
  for (const match of code.matchAll(places)) {
    const name = texts.get(match.index + match[0].length);
    if (name === undefined) found.push(null);
    else found.push(name);
  }
  return found;
}

const endOf = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
};

function closing(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function closingRegExp(text: string, from: number): number {
  let isInClass = false;
  let at = from;
  while (at < text.length && (isInClass || text[at] !== '/') && text[at] !== '\n') {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') isInClass = true;
    else if (text[at] === ']') isInClass = false;
    at++;
  }
  return at;
}

/** A slash divides after a value and begins a regular expression elsewhere. */
function beginsRegExp(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || /[([{,;=:?!&|+\-*%<>~^]$|\b(?:return|typeof|case|in|of|await|yield)$/.test(before);
}
