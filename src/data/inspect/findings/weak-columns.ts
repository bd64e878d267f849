/**
 * `weak.columns`: columns that say next to nothing about churn by themselves, told in one note for the table.
 *
 * Weak is a column to learn from with a cross-fitted ROC-AUC below 0.55 and an effect below 0.5 (Cohen's d, of numbers and
 * dates) or 0.1 (Cramer's V, of levels). Not told of a table with fewer than 100 customers of either outcome, where chance
 * hides more. A tree may still use such a column together with others, so it is named, not left out.
 */
import { countOf, listNames, printable } from '../../../base/text.ts';
import { defineFinding, type InspectedColumn } from '../definition.ts';

const weakAuc = 0.55;
const weakD = 0.5;
const weakV = 0.1;
const leastClass = 100;
const mostNamed = 8;

export const weakColumns = defineFinding({
  code: 'weak.columns',
  title: 'Columns that say little by themselves',
  severity: 'note',
  about:
    'Columns without an effect of their own cost care and explain nothing, unless they act together with others.',
  look({ columns, churned, rowCount }) {
    if (Math.min(churned, rowCount - churned) < leastClass) return [];
    const weak = columns.filter(isWeak).map(({ name }) => name);
    if (weak.length === 0) return [];
    const names = listNames(weak.map(printable), mostNamed);
    return [
      {
        column: null,
        message: `${countOf(weak.length, 'column says', 'columns say')} next to nothing about churn alone: ${names}; together with others they may, so see the importances after training before you leave any out`,
        evidence: { columns: weak },
      },
    ];
  },
});

function isWeak({ column, use, facts }: InspectedColumn): boolean {
  if (use !== 'feature' || column.kind === 'text' || facts.distinct < 2) return false;
  const effect = facts.cohensD === null ? (facts.cramersV ?? 0) / weakV : Math.abs(facts.cohensD) / weakD;
  return facts.auc < weakAuc && effect < 1;
}
