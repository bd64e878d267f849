/** What a person reads about one customer's score: bars, reasons, and what would have to be different. */
import { countOf, printable } from '../../base/text.ts';
import type { Contract } from '../../data/contract.ts';
import type { Counterfactuals } from '../../explain/counterfactuals.ts';
import { valueText } from '../../tasks/draw-explanation.ts';
import type { Explanation } from '../../tasks/explain.ts';
import { displayWidth, fixed, percent, shownPath } from '../format.ts';

/** Bars beyond these stand together as one. */
const mostBars = 10;
/** Blocks of the longest bar. */
const barWidth = 24;

export function explainText(explained: Explanation, contract: Contract, drawn?: string): string {
  const { model, customer, churnProbability, churn, threshold, band, certainty, remarks } = explained;
  const who = customer.id === null ? `Row ${customer.row}` : printable(customer.id);
  return [
    `${who}: ${percent(churnProbability)} churn probability, ${churn ? 'called churn' : 'not called churn'} (threshold ${percent(threshold)}, band ${band}${certainty === null ? '' : `, ${certainty}`}), by ${model.name} ${model.label}`,
    '',
    ...bars(explained, contract),
    ...(explained.reasons.length > 0
      ? ['', 'In words:', ...explained.reasons.map(({ text }) => `  ${text}`)]
      : []),
    ...limeLines(explained),
    ...counterfactualLines(explained.counterfactuals, contract),
    ...(remarks.length > 0 ? ['', ...remarks] : []),
    ...(drawn === undefined ? [] : ['', `Drawn: ${shownPath(drawn)}`]),
  ].join('\n');
}

function bars({ attribution, churnProbability }: Explanation, contract: Contract): string[] {
  const { link, baseProbability, method, columns } = attribution;
  const isShare = link === 'probability';
  const moving = columns.filter(({ contribution }) => contribution !== 0);
  const shown = moving.length > mostBars + 1 ? moving.slice(0, mostBars) : moving;
  const rest = moving.slice(shown.length);
  const lines = shown.map((column) => ({
    name: printable(column.column),
    value: printable(valueText(column, contract)),
    contribution: column.contribution,
  }));
  if (rest.length > 0) {
    const contribution = rest.reduce((total, part) => total + part.contribution, 0);
    lines.push({ name: `${rest.length} other columns`, value: '', contribution });
  }
  const names = ['average customer', 'this customer', ...lines.map(({ name }) => name)];
  const nameWidth = Math.max(...names.map(displayWidth));
  const valueWidth = Math.max(0, ...lines.map(({ value }) => displayWidth(value)));
  const largest = Math.max(...lines.map(({ contribution }) => Math.abs(contribution)), 1e-300);
  const row = (name: string, value: string, figure: string, bar = ''): string =>
    `  ${pad(name, nameWidth)}  ${pad(value, valueWidth)}  ${figure.padStart(7)}  ${bar}`.trimEnd();
  const figureOf = (contribution: number): string =>
    `${contribution < 0 ? '-' : '+'}${isShare ? fixed(100 * Math.abs(contribution), 1) : fixed(Math.abs(contribution), 2)}`;
  const unit = isShare ? 'points of churn probability' : 'log-odds';
  const how = method === 'exact-shap' ? 'exact' : 'sampled';
  return [
    row('average customer', '', percent(baseProbability)),
    ...lines.map(({ name, value, contribution }) =>
      row(
        name,
        value,
        figureOf(contribution),
        (contribution < 0 ? '░' : '█').repeat(
          Math.max(1, Math.round((barWidth * Math.abs(contribution)) / largest)),
        ),
      ),
    ),
    row('this customer', '', percent(churnProbability)),
    `  SHAP values, ${how}, in ${unit}: █ raises, ░ lowers the risk. Associated, not caused.`,
    ...(isShare ? [] : ['  The average is one of log-odds: it need not be the share of leavers.']),
  ];
}

const pad = (text: string, width: number): string => text + ' '.repeat(width - displayWidth(text));

function limeLines({ lime }: Explanation): string[] {
  if (!lime) return [];
  const { localFit, stability, columns } = lime;
  const named = columns
    .slice(0, stability.top)
    .map(
      ({ column, effect }) =>
        `${printable(column)} ${effect < 0 ? '-' : '+'}${fixed(100 * Math.abs(effect), 1)}`,
    );
  const trust = localFit < 0.5 ? '; below a half: rely on the bars above' : '';
  return [
    '',
    `LIME, a straight line around the customer: ${named.join(', ')} points.`,
    `  It tells ${percent(localFit)} of what the model does there${trust}. With other seeds ${percent(stability.jaccard)} of the top ${stability.top} stay, rank correlation ${fixed(stability.rankCorrelation, 2)}.`,
  ];
}

function counterfactualLines(found: Counterfactuals | null, contract: Contract): string[] {
  if (!found) return [];
  const below = percent(found.target);
  if (found.answers.length === 0) {
    return found.score < found.target
      ? []
      : ['', `What would have to be different for a score below ${below}: ${found.reason}.`];
  }
  return [
    '',
    `What would have to be different for a score below ${below} (${countOf(found.answers.length, 'answer')}, ${found.caution}):`,
    ...found.answers.map(({ changes, score }) => {
      const each = changes.map(({ column, from, to }) => {
        const say = (value: typeof from): string => printable(valueText({ column, value }, contract));
        return `${printable(column)} ${say(to)} instead of ${say(from)}`;
      });
      return `  ${each.join(' and ')}: ${percent(score)}`;
    }),
  ];
}
