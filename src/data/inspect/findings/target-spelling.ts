/** `target.spelling`: outcomes that are the churned value but for case or blanks, and count as stayed. */
import { countOf, listNames, printable } from '../../../base/text.ts';
import { misspelt, type Outcome } from '../../outcomes.ts';
import { defineFinding } from '../definition.ts';
import { outcomeText } from '../wording.ts';

const mostNamed = 5;

export const targetSpelling = defineFinding({
  code: 'target.spelling',
  title: 'The churned value in other spellings',
  severity: 'block',
  about:
    'Customers who left as "yes" count as stayed where the churned value is "Yes"; init refuses such a table.',
  look({ outcomes, target }) {
    // A header in the middle of the file is no spelling of an outcome.
    const others = misspelt(outcomes).filter(({ level, rows }) => rows > 1 || level !== target);
    if (others.length === 0) return [];
    const rows = others.reduce((sum, one) => sum + one.rows, 0);
    const churned = outcomes.find(({ isChurned }) => isChurned) as Outcome;
    return [
      {
        column: target,
        message: `${printable(target)}: ${listNames(others.map(outcomeText), mostNamed)} would count as stayed, but for case or blanks ${others.length === 1 ? 'it is' : 'they are'} ${outcomeText(churned)}; write the churned value in one way in the data (${countOf(rows, 'row')} to change)`,
        evidence: {
          rows,
          outcomes: others.slice(0, mostNamed).map((one) => ({ level: one.level, rows: one.rows })),
        },
      },
    ];
  },
});
