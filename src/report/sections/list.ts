/** For who has to act on it: who leaves, why, how good the list is, what it is worth, what it can't say. */
import { intervalStrip } from '../charts/interval-strip.ts';
import { perCustomers } from '../charts/profit.ts';
import { count, money, ofHundred, percent, shortRange } from '../format.ts';
import { type Html, html } from '../html.ts';
import {
  type CallList,
  callLists,
  cannotSay,
  listDetail,
  listSentence,
  whoLeaves,
  whyWords,
  worthSentences,
} from '../list-words.ts';
import { headCell, type Section, tableBox } from '../page-frame.ts';
import { decisionsOf, notCaused, strongestColumns } from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function listSection(facts: TrainingFacts): Section {
  const lists = callLists(facts);
  const { churnRate } = decisionsOf(facts.confusion);
  const who = whoLeaves(facts);
  const why = whyWords(facts);
  const strongest = strongestColumns(facts);
  const body = html`<div class="card stack">
<p class="headline">${listSentence(facts)}</p>
<p>${listDetail(facts)}</p>
${lists.length > 0 && listTable(lists, churnRate)}
</div>
<div class="grid">
${points('Who leaves', who, 'No kind of customer stands out in the columns that the model leans on.', 'Shares of all customers of the table.')}
${points(
  'Why, as far as the model knows',
  why.length > 0 ? why : strongest.length > 0 ? [`The score leans most on ${strongest.join(', ')}.`] : [],
  'No column makes a difference that stands out.',
  `All else left as it is. ${notCaused}`,
)}
${points('What it is worth', worthSentences(facts), '')}
${points('What it can’t say', cannotSay(facts), '')}
</div>`;
  return { id: 'list', title: 'The list: whom to call', shortTitle: 'The list', body };
}

function listTable(lists: readonly CallList[], churnRate: number): Html {
  const inMoney = lists.some(({ profit }) => profit !== null);
  const scale = { from: 0, to: 1, compare: churnRate };
  return html`${tableBox(
    'How good lists of some lengths are',
    [
      headCell('Called'),
      headCell(`Calls for ${count(perCustomers)} customers`, 'number'),
      headCell('Of 100 called would have left', 'number'),
      headCell(''),
      headCell('Of 100 leavers reached', 'number'),
      ...(inMoney ? [headCell(`Expected to earn for ${count(perCustomers)}`, 'number')] : []),
    ],
    lists.map(
      ({ words, isThreshold, share, leave, reached, profit }) =>
        html`<tr${isThreshold && html` class="chosen"`}><th scope="row">${words.replaceAll(' ', '\u00a0')}</th><td class="n">${count(perCustomers * share)}</td><td class="n"><strong>${ofHundred(leave.value)}</strong> <span class="ci">${shortRange(leave, ofHundred)}</span></td><td>${intervalStrip(leave, scale)}</td><td class="n">${ofHundred(reached)}</td>${inMoney && html`<td class="n">${money(profit ?? Number.NaN)}</td>`}</tr>
`,
    ),
  )}
<p class="soft small">Below each figure its 95% interval, also drawn from 0 to 100; the dashed line is what calls at random would meet, ${percent(churnRate, 0)}. Marked: the list that the threshold gives.</p>`;
}

const points = (title: string, items: readonly string[], otherwise: string, foot = ''): Html =>
  html`<div class="card stack whole"><h3>${title}</h3>${
    items.length > 0
      ? html`<ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`
      : html`<p>${otherwise}</p>`
  }${items.length > 0 && foot !== '' && html`<p class="soft small">${foot}</p>`}</div>`;
