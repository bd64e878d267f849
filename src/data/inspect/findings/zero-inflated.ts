/**
 * `zero.inflated`: a number that is 0 far too often, so that 0 is a group of its own rather than a small amount.
 *
 * At least 10% of its values are 0, it has more than 20 different values, and no other value is a third as common.
 */
import { printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';
import { percentText } from '../wording.ts';

const leastShare = 0.1;
const leastDistinct = 20;
const rivalShare = 1 / 3;

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
      if (share < leastShare || mostCommonOther(facts.sorted) > rivalShare * facts.zeros) return [];
      return [
        {
          column: name,
          message: `${printable(name)}: 0 in ${percentText(share)} of the rows, more than three times as often as any other value; add a feature that says whether it is 0, or use trees`,
          evidence: { zeros: facts.zeros, share },
        },
      ];
    });
  },
});

function mostCommonOther(sorted: Float64Array): number {
  let most = 0;
  for (let at = 0; at < sorted.length; ) {
    let end = at + 1;
    while (end < sorted.length && sorted[end] === sorted[at]) end++;
    if (sorted[at] !== 0) most = Math.max(most, end - at);
    at = end;
  }
  return most;
}
