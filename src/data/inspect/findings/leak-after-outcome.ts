/**
 * `leak.after-outcome`: a column that is written only once a customer has left, or because of it.
 *
 * Two signs: it is empty exactly for those who stay (at most 0.1% of them have a value, at least 10% of the churners);
 * or its name speaks of leaving, of a cancellation or of a retention call. A name alone is asked about, not blocked,
 * unless the column also ranks churners with a ROC-AUC of 0.8 and more.
 */
import { printable } from '../../../base/text.ts';
import { wordsOf } from '../../names.ts';
import { defineFinding, type InspectedColumn, type Inspection, type Sighting } from '../definition.ts';
import { percentText } from '../wording.ts';

const leavingWords =
  /^(churn|churned|churner|attrition|cancel|cancelled|canceled|cancellation|cancelation|terminated|termination|closure|closed|closing|exit|exited|leaving|offboarding|offboarded|deactivated|deactivation|unsubscribe|unsubscribed|winback|defected|disconnect|disconnected|disconnection|quit|gekündigt|kündigung|kündigungsgrund|kündigungsdatum|storno|storniert|abgewandert|abwanderung)$/;
const saveWords = /^(call|calls|offer|offers|contact|contacts|case|agent|team|campaign|attempt|attempts)$/;
const blockAuc = 0.8;
const leastRows = 20;

export const leakAfterOutcome = defineFinding({
  code: 'leak.after-outcome',
  title: 'Known only after the customer left',
  severity: 'block',
  about:
    'Reasons, closing dates and retention calls exist because a customer left, so they cannot predict it.',
  look(inspection) {
    return inspection.columns.flatMap((column) => byAbsence(inspection, column) ?? byName(column) ?? []);
  },
});

function byAbsence({ rowCount, churned, labels }: Inspection, column: InspectedColumn): Sighting | undefined {
  const { name, facts } = column;
  if (facts.missing === 0 || facts.missing === rowCount) return undefined;
  const absent = facts.bins.bins.at(-1)!;
  const stayed = labels.length - churned;
  const churnersWith = churned - absent.churned;
  const stayersWith = stayed - (absent.rows - absent.churned);
  if (churnersWith < Math.max(leastRows, 0.1 * churned) || stayersWith > 0.001 * stayed) return undefined;
  return {
    column: name,
    message: `${printable(name)}: filled for ${percentText(churnersWith / churned)} of those who left and for ${stayersWith} of ${stayed} who stayed, so it is written when a customer leaves; set use: none`,
    evidence: { churnersWithValue: churnersWith, stayersWithValue: stayersWith, churned, stayed },
  };
}

function byName({ name, facts }: InspectedColumn): Sighting | undefined {
  const words = wordsOf(name);
  const isLeaving = words.some((word) => leavingWords.test(word));
  const isSave =
    words.some((word) => /^(retention|save|winback)$/.test(word)) &&
    words.some((word) => saveWords.test(word));
  const isReason = words.includes('reason') || words.includes('reasons');
  if (!isLeaving && !isSave && !isReason) return undefined;
  return {
    column: name,
    severity: facts.auc >= blockAuc ? 'block' : 'warn',
    message: `${printable(name)}: its name speaks of leaving (ROC-AUC alone ${facts.auc.toFixed(3)}); find out whether it is known before a customer leaves, else set use: none`,
    evidence: { auc: facts.auc, byName: true },
  };
}
