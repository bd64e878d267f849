/** The first page, for who decides: does it work, whom does it find, what drives it, what to beware of. */
import { hundredDots } from '../charts/hundred.ts';
import { listed, ofHundred } from '../format.ts';
import { type Html, html } from '../html.ts';
import { pill, type Section } from '../page-frame.ts';
import {
  firstTenthSentence,
  gateSentence,
  type Hundred,
  headlineOf,
  hundredsOf,
  notCaused,
  rankingSentence,
  sizesSentence,
  strongestColumns,
  thresholdSentences,
} from '../plain-words.ts';
import type { TrainingFacts } from '../training-facts.ts';

export function verdictSection(facts: TrainingFacts): Section {
  const strongest = strongestColumns(facts);
  const body = html`<div class="card stack">
<p>${gatePill(facts)}</p>
<p class="headline">${headlineOf(facts)}</p>
<p>${rankingSentence(facts)} ${firstTenthSentence(facts)}</p>
<div class="hundreds">${hundredsOf(facts).map(hundredBox)}</div>
</div>
<div class="card"><ul class="points">
<li><b>What matters most</b>${
    strongest.length > 0
      ? html`<strong>${listed(strongest)}</strong>: without ${strongest.length === 1 ? 'it' : 'any of them'} the model ranks customers clearly worse. ${notCaused}`
      : 'No column makes a difference that stands out: the model has nothing to lean on.'
  }</li>
<li><b>What the threshold means</b>${thresholdSentences(facts)}</li>
<li><b>May it be used?</b>${gateSentence(facts)}</li>
<li><b>How it was judged</b>${sizesSentence(facts)} Next month’s customers may differ from them: watch the model when it is at work.</li>
</ul></div>`;
  return { id: 'verdict', title: 'In plain words', body };
}

export const gatePill = ({ gate }: Pick<TrainingFacts, 'gate'>): Html =>
  pill(gate.passed, gate.passed ? 'Passed the gate' : 'Refused by the gate');

const hundredBox = ({ share, words, sentence, more }: Hundred): Html => {
  const figure = ofHundred(share);
  return html`<div>${hundredDots(share, sentence)}<div><span class="figure-number${/\D/.test(figure) && ' long'}">${figure}</span>${words}</div><p class="soft small">${more}</p></div>`;
};
