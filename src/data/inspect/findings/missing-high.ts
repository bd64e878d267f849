/** `missing.high`: columns with few values. */
import { printable } from '../../../base/text.ts';
import { defineFinding } from '../definition.ts';
import { percentText } from '../wording.ts';

const noteShare = 0.4;
const warnShare = 0.7;

export const missingHigh = defineFinding({
  code: 'missing.high',
  title: 'Mostly missing',
  severity: 'warn',
  about: 'What is imputed in most rows tells little about them; that it is missing may tell more.',
  look({ columns, rowCount }) {
    return columns.flatMap(({ name, facts }) => {
      const share = facts.missing / rowCount;
      if (share < noteShare || facts.missing === rowCount) return [];
      return [
        {
          column: name,
          severity: share >= warnShare ? ('warn' as const) : ('note' as const),
          message: `${printable(name)}: missing in ${percentText(share)} of the rows; find out why, and whether leaving it out (use: none) costs anything`,
          evidence: { missing: facts.missing, share },
        },
      ];
    });
  },
});
