/** Each column of the table: what it is, what is missing, how its values lie, how often such customers left. */
import type { ColumnOverview } from '../../data/inspect/column-overview.ts';
import { histogramStrip } from '../charts/histogram-strip.ts';
import { intervalStrip, type StripScale } from '../charts/interval-strip.ts';
import { countOf, decimal, listed, percent } from '../format.ts';
import { type Html, html } from '../html.ts';
import {
  cellText,
  effectText,
  effectWord,
  groupName,
  groupRate,
  numbersOf,
  textFor,
} from '../overview-words.ts';
import { headCell, type Section } from '../page-frame.ts';
import type { TrainingFacts } from '../training-facts.ts';

/** More columns than this are folded away. */
const openColumns = 9;

/** Null for a model that was saved before columns were kept. */
export function columnsSection(facts: TrainingFacts): Section | null {
  const { overview, units, meanings } = facts;
  if (!overview || overview.columns.length === 0) return null;
  const { columns, columnCount, rows, churned } = overview;
  const rate = churned / rows;
  const highest = Math.max(
    rate,
    ...columns.flatMap(({ groups }) => groups.map((group) => groupRate(group).high)),
  );
  const scale: StripScale = { from: 0, to: Math.ceil(10 * highest) / 10, compare: rate };
  const cards = columns.map((column) =>
    columnCard(column, textFor(units, column.column), textFor(meanings, column.column), scale),
  );
  const hidden = cards.slice(openColumns);
  const left = columnCount - columns.length;
  const body = html`<div class="card stack"><p>${columnsSentence(facts)}</p>
<p class="soft small">Beside each group its share of the ${countOf(rows, 'row')}, and the share of it that left with its 95% interval, drawn from 0 to ${percent(scale.to, 0)}; the dashed line is the churn rate of all, ${percent(rate)}. Groups of fewer than 10 customers are not told. ${
    left > 0 && `${countOf(left, 'further column')}, which by themselves say less, are left out.`
  }</p></div>
<div class="columns">${cards.slice(0, openColumns)}</div>${
    hidden.length > 0 &&
    html`
<details><summary>${countOf(hidden.length, 'more column')}</summary><div class="columns">${hidden}</div></details>`
  }`;
  return { id: 'columns', title: 'The columns, one by one', shortTitle: 'Columns', body };
}

const strongest = 3;
/** A column that ranks no better by itself says nothing. */
const leastAuc = 0.55;

export function columnsSentence({ overview }: Pick<TrainingFacts, 'overview'>): string {
  const telling = (overview?.columns ?? []).filter(({ auc }) => auc >= leastAuc);
  if (telling.length === 0) return 'No column says much about churn by itself.';
  const named = telling
    .slice(0, strongest)
    .map(({ column, auc }) => `${column} (ROC-AUC ${decimal(auc, 2)})`);
  return `By ${named.length === 1 ? 'itself' : 'themselves'} ${listed(named)} ${named.length === 1 ? 'says' : 'say'} most about churn. Of ${countOf(overview!.columnCount, 'column')} ${telling.length} ${telling.length === 1 ? 'ranks' : 'rank'} customers better than ${decimal(leastAuc, 2)} alone.`;
}

function columnCard(
  column: ColumnOverview,
  unit: string | undefined,
  meaning: string | undefined,
  scale: StripScale,
): Html {
  const { groups, rows } = column;
  const write = numbersOf(column);
  return html`<div class="card stack column"><h3>${column.column}</h3>${meaning !== undefined && html`<p class="small">${meaning}</p>`}
<p class="soft small">${columnFacts(column, unit)}</p>
${histogram(column, unit)}${
  groups.length > 0
    ? html`<table class="groups"><thead><tr>${headCell('Group')}${headCell('Share', 'number')}<th scope="col" colspan="2">Left</th></tr></thead><tbody>${groups.map(
        (group) => {
          const rate = groupRate(group);
          return html`<tr><th scope="row">${groupName(group, unit, write)}</th><td class="n">${percent(group.rows / rows, 0)}</td><td>${intervalStrip(rate, scale)}</td><td class="n">${percent(rate.value, 0)}</td></tr>
`;
        },
      )}</tbody></table>`
    : html`<p class="soft small">Its values are not told.</p>`
}</div>
`;
}

/** `number of months, 0.2% missing, 73 values; large effect (d = −0.89)` */
export function columnFacts(
  { kind, use, rows, missing, distinct, effect, auc }: ColumnOverview,
  unit?: string,
): string {
  const what = unit === undefined ? kind : `${kind} (${unit})`;
  const gone = missing === 0 ? 'none missing' : `${percent(missing / rows)} missing`;
  const how = effect === null ? 'no effect measured' : `${effectWord(effect)} effect, ${effectText(effect)}`;
  const alone = `ROC-AUC ${decimal(auc, 2)} alone`;
  const used = use === 'feature' ? '' : use === 'segment' ? ' Only judges groups.' : ' Not learned from.';
  return `${capital(`${what}, ${gone}, ${countOf(distinct, 'value')}.`)} ${capital(`${how}, ${alone}.`)}${used}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where every value has a group of its own, the groups say it all. */
function histogram(overview: ColumnOverview, unit: string | undefined): Html {
  const { column, histogram: shares, spread, groups } = overview;
  if (shares.length < 2 || spread === null || groups.every(({ from }) => from === undefined)) return html``;
  const write = numbersOf(overview);
  const say = (value: number | string): string =>
    typeof value === 'number' ? write(value) : cellText(value);
  const [low, middle, high] = [spread.low, spread.middle, spread.high].map(say);
  const end = unit === undefined ? '' : ` ${unit}`;
  const label = `Values of ${column}: 1% lie below ${low}${end}, half below ${middle}${end}, 1% above ${high}${end}.`;
  return html`<div>${histogramStrip(shares, label)}<p class="ends soft small" aria-hidden="true"><span>${low}</span><span>median ${middle}</span><span>${high}</span></p></div>
`;
}
