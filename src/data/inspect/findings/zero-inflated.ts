/**
 * `zero.inflated`: a number that is 0 far too often, so that 0 is a group of its own rather than a small amount.
 *
 * At least 10% of its values are 0, it has more than 20 different values, no other value is as common, and none of the
 * five next to 0 is a third as common.
 */
import { printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';
import { percentText } from '../wording.ts';

const leastShare = 0.1;
const leastDistinct = 20;
const rivalShare = 1 / 3;
const neighbours = 5;

export const zeroInflated = defineFinding({
  code: 'zero.inflated',
  title: 'Zero is a group of its own',
  severity: 'note',
  about:
    'Customers without any are another group than customers with few; a mean or a scale over both describes neither.',
  look({ columns, rowCount }) {
    return columns.flatMap(({ name, column, facts }) => {
      if (column.kind !== 'number' || facts.distinct <= leastDistinct) return [];
      const share = facts.zeros / (rowCount - facts.missing);
      const { others, near } = mostCommon(facts.sorted);
      if (share < leastShare || others >= facts.zeros || near > rivalShare * facts.zeros) return [];
      return [
        {
          column: name,
          message: `${printable(name)}: 0 in ${percentText(share)} of the rows, far more often than what is next to it; add a feature that says whether it is 0, or use trees`,
          evidence: { zeros: facts.zeros, share },
        },
      ];
    });
  },
});

/** How often the most common value beside 0 is held, of all and of the nearest on each side. */
function mostCommon(sorted: Float64Array): { others: number; near: number } {
  const below: number[] = [];
  const above: number[] = [];
  let others = 0;
  for (let at = 0; at < sorted.length; ) {
    let end = at + 1;
    while (end < sorted.length && sorted[end] === sorted[at]) end++;
    if (sorted[at] !== 0) {
      others = Math.max(others, end - at);
      (sorted[at]! < 0 ? below : above).push(end - at);
    }
    at = end;
  }
  return { others, near: Math.max(0, ...below.slice(-neighbours), ...above.slice(0, neighbours)) };
}
