/** `rare.levels`: levels of a category that fewer than 10 customers, or 0.1% of them, hold: often a spelling. */
import { countOf, printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';

const leastRows = 10;
const leastShare = 0.001;

export const rareLevels = defineFinding({
  code: 'rare.levels',
  title: 'Levels that hardly anyone has',
  severity: 'note',
  about:
    'Nothing can be learned about a level of a few customers; often it is another spelling of a common one.',
  look({ columns, rowCount }) {
    return columns.flatMap(({ name, column, facts }) => {
      if (column.kind !== 'category') return [];
      const few = Math.max(leastRows, leastShare * rowCount);
      const levels = facts.bins.bins.filter((bin) => bin.value !== null && bin.rows > 0);
      const rare = levels.filter((bin) => bin.rows < few);
      if (rare.length === 0 || levels.length < 2) return [];
      const rows = rare.reduce((sum, bin) => sum + bin.rows, 0);
      const folded = new Set(
        levels.map(({ value }) =>
          String(value)
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]/gu, ''),
        ),
      );
      const spellings = levels.length - folded.size;
      return [
        {
          column: name,
          message: `${printable(name)}: ${countOf(rare.length, 'level is', 'levels are')} held by fewer than ${Math.ceil(few)} customers each, ${rows} in all${spellings > 0 ? `; ${countOf(spellings, 'level differs', 'levels differ')} from another only in case, blanks or signs` : ''}; join what means the same`,
          evidence: { levels: rare.length, of: levels.length, rows, spellings },
        },
      ];
    });
  },
});
