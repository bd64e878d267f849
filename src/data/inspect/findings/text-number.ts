/**
 * `text.number`: numbers that are read as text because of a currency sign, a unit, thousands or a word for "none".
 *
 * Of the values 80% are numbers once signs, units and separators are taken away, and either there are more than 20 of
 * them or some need it. A column of plain codes (007, 2 levels of 0 and 1) is no such column. At most 5,000 values are
 * looked at.
 */
import { countOf, printable } from '../../../base/text.ts';
import type { Column } from '../../../table/column.ts';
import { readNumber, unreadable } from '../../cells.ts';
import { isNamedLikeId } from '../../names.ts';
import { defineFinding } from '../definition.ts';
import { percentText } from '../wording.ts';

const numberShare = 0.8;
const mostValues = 5000;
const mostCodes = 20;
const decorated =
  /^[-+(]?\s*(?:[$€£¥]|[A-Z]{3}\s)?\s*[-+]?\d{1,3}(?:[.,' \u00a0]\d{3})*(?:[.,]\d+)?\s*(?:[$€£¥%]|[A-Za-z]{1,7})?\)?$|^[-+]?\d+[.,]\d+$|^[-+]?(?:[$€£¥])?\d+(?:[.,]\d+)?\s*(?:[$€£¥%]|[A-Za-z]{1,7})?$/;

export const textNumber = defineFinding({
  code: 'text.number',
  title: 'Numbers written as text',
  severity: 'warn',
  about: 'A number read as text loses its order and its size, or is left out.',
  look({ columns }) {
    return columns.flatMap(({ name, column }) => {
      if ((column.kind !== 'text' && column.kind !== 'category') || isNamedLikeId(name)) return [];
      const texts = differentTexts(column);
      if (texts.length < 5) return [];
      const plain = texts.filter((text) => isNumber(text) && !/^[-+]?0\d/.test(text)).length;
      const dressed = texts.filter(
        (text) => !isNumber(text) && decorated.test(text) && /\d/.test(text),
      ).length;
      const share = (plain + dressed) / texts.length;
      const isNumeric = share >= numberShare && (dressed > 0 ? texts.length > 10 : plain > mostCodes);
      // Texts such as A12 with digits at their end are codes; signs and separators are not.
      if (!isNumeric || plain + dressed === 0) return [];
      const rest = texts.length - plain - dressed;
      const signed = texts.filter((text) => /[$€£¥]/.test(text) && decorated.test(text)).length;
      const isCurrency = signed > 0 && signed >= numberShare * dressed;
      const because = isCurrency ? ' because of a currency sign' : ' because of signs, units or separators';
      const words = countOf(rest, 'different value is a word', 'different values are words');
      const advice = isCurrency ? 'remove the sign' : 'export it as plain numbers';
      return [
        {
          column: name,
          message: `${printable(name)}: ${percentText(share)} of its different values are numbers, but it is read as text${dressed > 0 ? because : ''}${rest > 0 ? `; ${words}` : ''}; ${advice}, or set kind: number with clean: unreadable-as-missing`,
          evidence: { share, plain, dressed, words: rest, isCurrency },
        },
      ];
    });
  },
});

const isNumber = (text: string): boolean =>
  typeof readNumber(text) === 'number' && readNumber(text) !== unreadable;

function differentTexts(column: Column): readonly string[] {
  if (column.kind === 'category') return column.levels.slice(0, mostValues);
  if (column.kind !== 'text') return [];
  const seen = new Set<string>();
  for (const value of column.values) {
    if (value !== null) seen.add(value);
    if (seen.size === mostValues) break;
  }
  return [...seen];
}
