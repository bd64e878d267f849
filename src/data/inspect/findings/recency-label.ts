/**
 * `recency.label`: a column that says how long ago a customer was last seen, and ranks churners by it.
 *
 * Where "churned" was defined as so many days without an order, the time since the last order is the definition said
 * again, and so is everything made of it. Where customers cancel, it is an honest sign. Only a person knows which, so it is
 * never left out. Told of dates and numbers named so from a cross-fitted ROC-AUC of 0.6 on; it warns from 0.8 on.
 */
import { printable } from '../../../base/text.ts';
import { wordsOf } from '../../names.ts';
import { defineFinding } from '../definition.ts';

const lastWords = /^(last|latest|recent|recency|letzte[rsn]?|zuletzt|dormant|inactivity|idle)$/;
/** Joined in one word. */
const lastJoined =
  /^(days?|weeks?|months?)since|last(order|purchase|login|visit|activity|seen|payment|contact)/;
const noteAuc = 0.6;
const warnAuc = 0.8;

export const recencyLabel = defineFinding({
  code: 'recency.label',
  title: 'The last activity may be what the outcome was defined by',
  severity: 'note',
  about:
    'If churn was defined as a time without activity, the time since the last one restates the definition; if customers cancel, it is an honest sign.',
  look({ columns }) {
    return columns.flatMap(({ name, column, facts }) => {
      if (column.kind !== 'time' && column.kind !== 'number') return [];
      const words = wordsOf(name);
      const isLast = words.some((word) => lastWords.test(word)) || lastJoined.test(words.join(''));
      if (!isLast || facts.auc < noteAuc) return [];
      return [
        {
          column: name,
          severity: facts.auc >= warnAuc ? ('warn' as const) : ('note' as const),
          message: `${printable(name)}: says when a customer was last seen (ROC-AUC alone ${facts.auc.toFixed(3)}); if churned was defined by a time without activity, it and what is made of it restate the definition: set use: none; if customers cancel, keep it`,
          evidence: { auc: facts.auc },
        },
      ];
    });
  },
});
