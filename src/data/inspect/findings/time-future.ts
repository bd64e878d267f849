/** `time.future`: dates later than today, where nothing in the name speaks of what is to come. */
import { countOf, printable } from '../../../base/text.ts';
import { wordsOf } from '../../names.ts';
import { defineFinding } from '../definition.ts';

const day = 86_400_000;
const sentinel = Date.UTC(2100, 0, 1);
const toCome =
  /^(renewal|renew|renews|expiry|expires|expiration|expire|due|next|until|end|ends|ending|valid|planned|scheduled|maturity|deadline|future|appointment)$/;

export const timeFuture = defineFinding({
  code: 'time.future',
  title: 'Dates in the future',
  severity: 'warn',
  about: 'What has not happened yet cannot be in the data: a clock, a format or a calendar is wrong.',
  look({ columns, now }) {
    if (now === null) return [];
    return columns.flatMap(({ name, column, facts }) => {
      if (column.kind !== 'time') return [];
      // A day of grace: time zones.
      const rows = facts.sorted.filter((value) => value > now + day && value < sentinel).length;
      if (rows === 0) return [];
      const isPlanned = wordsOf(name).some((word) => toCome.test(word));
      return [
        {
          column: name,
          severity: isPlanned ? ('note' as const) : ('warn' as const),
          message: `${printable(name)}: ${countOf(rows, 'date')} ${rows === 1 ? 'lies' : 'lie'} after today; ${isPlanned ? 'check that each was planned before the customer left' : 'check the calendar, the order of day and month and the clock of the source'}`,
          evidence: { rows },
        },
      ];
    });
  },
});
