/** `small.class`: too few churners, or too few who stayed, to learn and to judge by. */
import { printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';

const warnRows = 50;
const noteRows = 200;

export const smallClass = defineFinding({
  code: 'small.class',
  title: 'Few of one outcome',
  severity: 'warn',
  about: 'With few churners the hold-out has a handful, and every figure a wide interval.',
  look({ churned, rowCount, target }) {
    const rows = Math.min(churned, rowCount - churned);
    if (rows >= noteRows) return [];
    const who = rows === churned ? 'left' : 'stayed';
    return [
      {
        column: target,
        severity: rows < warnRows ? 'warn' : 'note',
        message: `${printable(target)}: only ${rows} of ${rowCount} customers ${who}; expect wide intervals, and add customers of that outcome if you can`,
        evidence: { rows, of: rowCount },
      },
    ];
  },
});
