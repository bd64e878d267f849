/**
 * `time.sentinel`: dates that stand for "unknown" or "never": 1900-01-01, 9999-12-31, 1970-01-01.
 *
 * Years before 1905 and from 2100 on are always told. 1970-01-01 is a real day too, so it counts only when it
 * is held by at least 3 rows and by 20 times as many as there are rows per day on average.
 */
import { countOf, printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';

const early = Date.UTC(1905, 0, 1);
const late = Date.UTC(2100, 0, 1);
const day = 86_400_000;

export const timeSentinel = defineFinding({
  code: 'time.sentinel',
  title: 'Dates that mean "unknown"',
  severity: 'warn',
  about: 'A date such as 1900-01-01 or 9999-12-31 is a mark, and as a date it distorts every duration.',
  look({ columns }) {
    return columns.flatMap(({ name, column, facts }) => {
      if (column.kind !== 'time') return [];
      let before = 0;
      let after = 0;
      let epoch = 0;
      for (const value of facts.sorted) {
        if (value < early) before++;
        else if (value >= late) after++;
        else if (value >= 0 && value < day) epoch++;
      }
      const others = facts.sorted.filter(
        (value) => value >= early && value < late && !(value >= 0 && value < day),
      );
      const days = others.length === 0 ? 1 : (others.at(-1)! - others[0]!) / day + 1;
      const isSpike = epoch >= 3 && epoch >= (20 * others.length) / days;
      const rows = before + after + (isSpike ? epoch : 0);
      if (rows === 0) return [];
      const marks = [
        ...(before > 0 ? [`${before} before 1905`] : []),
        ...(isSpike ? [`${epoch} on 1970-01-01`] : []),
        ...(after > 0 ? [`${after} from 2100 on`] : []),
      ];
      return [
        {
          column: name,
          message: `${printable(name)}: ${countOf(rows, 'date')} that ${rows === 1 ? 'stands' : 'stand'} for "unknown" (${marks.join(', ')}); make them missing with clean: set-missing`,
          evidence: { rows, before1905: before, epoch: isSpike ? epoch : 0, from2100: after },
        },
      ];
    });
  },
});
