/** Scores are probabilities, and their exact explanations add up to them. */
import { sigmoid } from '../../math/sigmoid.ts';
import type { Table } from '../../table/table.ts';
import type { Contributions } from '../definition.ts';
import { contributions, score } from '../fit.ts';
import { claim } from './claim.ts';
import type { Check, Fitted, Subject } from './subject.ts';

export const probabilityChecks: readonly Check[] = [
  {
    id: 'probabilities',
    title: 'one finite number in [0, 1] a row, near what it was fitted on and far from it',
    role: 'classifier',
    async run(subject) {
      const fitted = await subject.fitted();
      const missing = subject.tags.acceptsMissing ? 0.3 : 0;
      for (const data of [subject.data(), subject.data({ seed: 2, missing, rows: 300 })]) {
        const scores = scoresOf(subject, fitted, data.table);
        claim(
          scores.length === data.table.rowCount,
          `${scores.length} scores for ${data.table.rowCount} rows`,
        );
        const row = scores.findIndex((value) => !(value >= 0 && value <= 1));
        claim(row < 0, `the score of row ${row} is ${scores[row]}, a number from 0 to 1 is due`);
      }
    },
  },
  {
    id: 'contributions',
    title: 'base and contributions of a row add up to its score on the scale they name',
    role: 'classifier',
    async run(subject) {
      const fitted = await subject.fitted();
      claim(fitted.role === 'classifier', 'fitClassifier gives a fitted classifier');
      const { table } = subject.data({ seed: 2 });
      const parts = contributions(fitted, table, subject.catalogue);
      if (!parts) return;
      const width = parts.columns.length;
      claim(
        parts.values.length === width * table.rowCount,
        `${parts.values.length} contributions for ${table.rowCount} rows of ${width} columns`,
      );
      const scores = scoresOf(subject, fitted, table);
      for (const [row, due] of scores.entries()) {
        const sum = parts.values
          .subarray(row * width, (row + 1) * width)
          .reduce((total, value) => total + value, parts.base);
        // Two orders of the same sum differ in the last bits only.
        claim(
          Math.abs(unlink(parts.link, sum) - due) < 1e-9,
          `the contributions of row ${row} add up to another score than ${due}`,
        );
      }
    },
  },
];

function scoresOf(subject: Subject, fitted: Fitted, table: Table): Float64Array {
  claim(fitted.role === 'classifier', 'fitClassifier gives a fitted classifier');
  return score(fitted, table, subject.catalogue);
}

const unlink = (link: Contributions['link'], value: number): number =>
  link === 'logit' ? sigmoid(value) : value;
