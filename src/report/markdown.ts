/** Markdown that cannot be broken by a name: what was read is escaped, one line each. */
import { cleanText } from './html.ts';

/** Text for a paragraph, a list or a table's cell. */
export const escapeMarkdown = (text: string): string =>
  cleanText(text)
    .replace(/[\\`*_{}[\]<>|~]/g, '\\$&')
    .replace(/&(?=[#\w])/g, '\\&')
    // Only at the start would they begin a heading, a list, a quote or a rule.
    .replace(/^(\s*)([#+=-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    // Neither an address nor a name with an at sign turns into a link.
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\bwww\./gi, (word) => `${word.slice(0, 3)}\u200b.`)
    .replace(/@/g, '\\@');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
