/**
 * Short comments of customers, written from what they feel: whoever is dissatisfied complains, and about what went wrong.
 *
 * More write who are engaged or feel strongly. The kind follows satisfaction, the topic of a complaint what happened to the
 * customer (outages, late deliveries, fees), that of praise and suggestions is drawn evenly. One in seven speaks of a second topic
 * in the opposite sense. Texts are put together from `feedback-phrases.ts`, some typed carelessly. O(customers).
 */
import type { Random } from '../../../base/random.ts';
import { exp } from '../../../math/exp-log.ts';
import { sigmoid } from '../../../math/sigmoid.ts';
import { choose, happens, poisson } from '../causal.ts';
import type { People, Person } from '../model.ts';
import { dayMs } from '../snapshot.ts';
import type { Cell, CompanionDefinition } from './definition.ts';
import { timeText } from './events.ts';
import { closings, type FeedbackKind, openings, phrasesOf, turns } from './feedback-phrases.ts';

interface Comment {
  readonly atMs: number;
  readonly channel: string;
  readonly text: string;
  readonly kind: FeedbackKind;
  readonly topic: string;
  readonly otherTopic: string | null;
}

const kinds: readonly FeedbackKind[] = ['complaint', 'praise', 'suggestion'];
const sentimentOf: Readonly<Record<FeedbackKind, string>> = {
  complaint: 'negative',
  praise: 'positive',
  suggestion: 'neutral',
};

export const feedback: CompanionDefinition = {
  id: 'feedback',
  title: 'Comments of customers in the last half year.',
  told: {
    columns: [
      { name: 'feedbackId', kind: 'text', meaning: 'Names the comment.' },
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'time', kind: 'text', meaning: 'When it was written, UTC.' },
      { name: 'channel', kind: 'text', meaning: 'Where it was written: app, e-mail or survey.' },
      { name: 'text', kind: 'text', meaning: 'The comment, in English.' },
    ],
    *rows(people) {
      for (const { id, person, comment } of allComments(people))
        yield [id, person.id, timeText(comment.atMs), comment.channel, comment.text] as Cell[];
    },
  },
  truth: {
    columns: [
      { name: 'feedbackId', kind: 'text', meaning: 'Names the comment.' },
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'kind', kind: 'text', meaning: 'complaint, praise or suggestion.' },
      { name: 'sentiment', kind: 'text', meaning: 'negative, positive or neutral.' },
      { name: 'topic', kind: 'text', meaning: 'What it is about.' },
      {
        name: 'otherTopic',
        kind: 'text',
        meaning: 'What it praises or complains of besides; mostly missing.',
      },
      {
        name: 'satisfaction',
        kind: 'number',
        meaning: 'How satisfied the customer is, standard normal or near it.',
      },
    ],
    *rows(people) {
      for (const { id, person, comment } of allComments(people)) {
        const { kind, topic, otherTopic } = comment;
        yield [id, person.id, kind, sentimentOf[kind], topic, otherTopic, person.satisfaction] as Cell[];
      }
    },
  },
};

function* allComments(people: People): Generator<{ id: string; person: Person; comment: Comment }> {
  for (let row = 0; row < people.rowCount; row++) {
    const person = people.at(row);
    const random = people.random.fork('feedback', row);
    for (const [i, comment] of commentsOf(person, random).entries())
      yield { id: `F${person.id.slice(1)}-${i + 1}`, person, comment };
  }
}

function commentsOf(person: Person, random: Random): Comment[] {
  const { engagement, satisfaction, startMs, snapshotMs } = person;
  const writes = sigmoid(-1.3 + 0.5 * engagement + 0.5 * Math.abs(satisfaction));
  if (!happens(random, writes)) return [];
  const days = Math.min(182, Math.floor((snapshotMs - startMs) / dayMs) + 1);
  const count = 1 + poisson(random, 0.2, 2);
  const comments = Array.from({ length: count }, () => {
    const atMs = snapshotMs - random.integer(days) * dayMs + random.integer(24 * 60) * 60_000;
    const channel = choose(random, ['app', 'e-mail', 'survey'], [0.3, 0.25, 0.45]);
    return { atMs, channel, ...write(person, random) };
  });
  return comments.sort((a, b) => a.atMs - b.atMs);
}

function write({ satisfaction, topics }: Person, random: Random): Omit<Comment, 'atMs' | 'channel'> {
  const kind = choose(random, kinds, [exp(-1.3 * satisfaction), 0.9 * exp(1.3 * satisfaction), 0.7]);
  const names = Object.keys(topics);
  const topic = choose(
    random,
    names,
    names.map((name) => (kind === 'complaint' ? topics[name]! : 1)),
  );
  const others = names.filter((name) => name !== topic);
  const otherTopic = kind !== 'suggestion' && happens(random, 1 / 7) ? pick(others, random) : null;
  const opposite = kind === 'complaint' ? 'praise' : 'complaint';
  const sentences = [
    happens(random, 0.4) ? pick(openings[kind], random) : null,
    pick(phrasesOf(topic)[kind], random),
    otherTopic === null
      ? null
      : `${pick(turns, random)} ${lowerFirst(pick(phrasesOf(otherTopic)[opposite], random))}`,
    happens(random, 0.35) ? pick(closings[kind], random) : null,
  ].filter((sentence) => sentence !== null);
  return { kind, topic, otherTopic, text: typed(sentences.join(' '), random) };
}

/** As people type: one in eight without capitals and full stop, one in fifteen with an exclamation mark more. */
function typed(text: string, random: Random): string {
  if (happens(random, 1 / 8)) return text.toLowerCase().replace(/\.$/, '');
  return happens(random, 1 / 15) ? text.replace(/\.$/, '!') : text;
}

const pick = (texts: readonly string[], random: Random): string => texts[random.integer(texts.length)]!;
/** "I" stays a capital. */
const lowerFirst = (text: string): string =>
  /^I\b/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
