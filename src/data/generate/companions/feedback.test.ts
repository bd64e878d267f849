import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allGenerators } from '../all.ts';
import { makeCustomers, rowsOf } from '../testing/people-of.ts';
import { feedback } from './feedback.ts';
import { phrasesOf } from './feedback-phrases.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

for (const { id: kind } of allGenerators) {
  const { people, persons } = makeCustomers({ kind, rows: 6000, seed: 3 });
  const told = rowsOf(feedback.told, people);
  const truth = rowsOf(feedback.truth!, people);

  test(`feedback of ${kind}: each comment has its truth, and its text says what the truth says`, () => {
    assert.deepEqual(
      told.map(({ feedbackId }) => feedbackId),
      truth.map(({ feedbackId }) => feedbackId),
    );
    assert.equal(new Set(told.map(({ feedbackId }) => feedbackId)).size, told.length);
    told.forEach(({ text }, i) => {
      const { kind: of, topic } = truth[i]! as { kind: 'complaint' | 'praise' | 'suggestion'; topic: string };
      const written = String(text).toLowerCase();
      const isSaid = phrasesOf(topic)[of].some((phrase) =>
        written.includes(phrase.toLowerCase().replace(/\.$/, '')),
      );
      assert.ok(isSaid, `${of} about ${topic}: ${text}`);
    });
  });

  test(`feedback of ${kind}: the dissatisfied complain, the satisfied praise`, () => {
    const satisfaction = (of: string): number =>
      mean(truth.filter((row) => row.kind === of).map((row) => Number(row.satisfaction)));
    assert.ok(satisfaction('praise') > satisfaction('suggestion') + 0.2);
    assert.ok(satisfaction('suggestion') > satisfaction('complaint') + 0.2);
    for (const row of truth) {
      assert.equal(
        row.sentiment,
        { complaint: 'negative', praise: 'positive', suggestion: 'neutral' }[String(row.kind)],
      );
    }
  });

  test(`feedback of ${kind}: a quarter to a half write, every kind and topic occurs often enough to be learned`, () => {
    const writers = new Set(told.map(({ customerId }) => customerId)).size / persons.length;
    assert.ok(writers > 0.2 && writers < 0.5, `${writers}`);
    for (const name of ['kind', 'topic'] as const) {
      const counts = new Map<unknown, number>();
      for (const row of truth) counts.set(row[name], (counts.get(row[name]) ?? 0) + 1);
      for (const [value, count] of counts) assert.ok(count / truth.length > 0.04, `${value} ${count}`);
      assert.equal(counts.size, name === 'kind' ? 3 : Object.keys(persons[0]!.topics).length);
    }
    const distinct = new Set(told.map(({ text }) => text)).size;
    assert.ok(distinct > 0.4 * told.length, `${distinct} of ${told.length}`);
  });
}

test('feedback: complaints follow what happened: late deliveries make complaints about delivery', () => {
  const made = makeCustomers({ kind: 'retail', rows: 8000, seed: 3 });
  const late = made.numbers('lateDeliveries12m');
  const rowOf = new Map(made.persons.map(({ id }, row) => [id, row]));
  const complaints = rowsOf(feedback.truth!, made.people).filter((row) => row.kind === 'complaint');
  const share = (isLate: boolean): number => {
    const some = complaints.filter((row) => late[rowOf.get(String(row.customerId))!]! > 0 === isLate);
    return some.filter(({ topic }) => topic === 'delivery').length / some.length;
  };
  assert.ok(share(true) > 2 * share(false), `${share(true)} ${share(false)}`);
});
