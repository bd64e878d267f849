/** The words that a chart or page shows. */
import { allElements, parseXml } from './well-formed.ts';

/** Every text of an SVG, in the order in which it is drawn. */
export const textsOf = (svg: string): string[] =>
  allElements(parseXml(svg))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
