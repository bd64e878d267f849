/**
 * `target.other-outcomes`: a target of more than two outcomes, all but one taken as stayed.
 *
 * Outcomes are labels that the company chose: they are named. Spellings of one outcome count as one; a value in a single
 * row of a larger table is a row to repair (`malformed`).
 */
import { listNames, printable } from '../../../base/text.ts';
import { folded, isNoOutcome, misspelt } from '../../outcomes.ts';
import { defineFinding } from '../definition.ts';
import { outcomeText, quotedLevel } from '../wording.ts';

const mostNamed = 5;
const leastRowsForSingles = 50;

export const targetOtherOutcomes = defineFinding({
  code: 'target.other-outcomes',
  title: 'More than two outcomes',
  severity: 'warn',
  about: 'Every outcome but the churned one counts as stayed, "Unknown" and "pending" too.',
  look({ outcomes, target, rowCount }) {
    const apart = new Set(misspelt(outcomes));
    const others = outcomes.filter(
      (one) => !one.isChurned && !apart.has(one) && (one.rows > 1 || rowCount < leastRowsForSingles),
    );
    const unknown = others.filter(({ level }) => isNoOutcome(level));
    if (new Set(others.map(({ level }) => folded(level))).size < 2 && unknown.length === 0) return [];
    const said =
      unknown.length === 0
        ? 'is each of them a customer who stayed? If not, take those rows out of the data'
        : `${listNames(
            unknown.map(({ level }) => quotedLevel(level)),
            mostNamed,
          )} ${unknown.length === 1 ? 'is' : 'are'} no outcome: take those rows out of the data until it is known`;
    return [
      {
        column: target,
        message: `${printable(target)}: ${listNames(others.map(outcomeText), mostNamed)} ${others.length === 1 ? 'is' : 'are all'} taken as stayed; ${said}`,
        evidence: {
          rows: others.reduce((sum, one) => sum + one.rows, 0),
          noOutcome: unknown.reduce((sum, one) => sum + one.rows, 0),
          outcomes: others.slice(0, mostNamed).map(({ level, rows }) => ({ level, rows })),
        },
      },
    ];
  },
});
