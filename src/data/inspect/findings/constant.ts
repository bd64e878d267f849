/** `constant`: a column with one value, or with one value in all but 0.1% of the rows. */
import { printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';

const nearShare = 0.999;
const leastRows = 1000;

export const constant = defineFinding({
  code: 'constant',
  title: 'The same in every row',
  severity: 'note',
  about: 'What does not vary cannot tell customers apart.',
  look({ columns, rowCount }) {
    return columns.flatMap(({ name, column, facts }) => {
      if (facts.missing === rowCount)
        return [
          {
            column: name,
            message: `${printable(name)}: holds no value; leave it out`,
            evidence: { distinct: 0 },
          },
        ];
      const most =
        column.kind === 'text'
          ? 0
          : Math.max(...facts.bins.bins.map((bin) => (bin.value === undefined ? 0 : bin.rows)));
      const isOne = facts.distinct === 1 && facts.missing === 0;
      const isNear = rowCount >= leastRows && most >= nearShare * rowCount;
      if (!isOne && !isNear) return [];
      return [
        {
          column: name,
          message: isOne
            ? `${printable(name)}: holds the same value in every row; leave it out`
            : `${printable(name)}: holds the same value in all but ${rowCount - most} rows; leave it out unless those matter`,
          evidence: { distinct: facts.distinct, otherRows: isOne ? 0 : rowCount - most },
        },
      ];
    });
  },
});
