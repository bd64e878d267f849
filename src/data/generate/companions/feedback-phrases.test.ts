import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closings, openings, phrasesOf, turns } from './feedback-phrases.ts';

const topics = [
  'price',
  'support',
  'app',
  'reliability',
  'content',
  'delivery',
  'quality',
  'returns',
  'branch',
  'card',
];
const kinds = ['complaint', 'praise', 'suggestion'] as const;

test('feedback phrases: every topic has at least four whole sentences of each kind, none said twice', () => {
  const all = topics.flatMap((topic) => kinds.flatMap((kind) => phrasesOf(topic)[kind]));
  for (const topic of topics) for (const kind of kinds) assert.ok(phrasesOf(topic)[kind].length >= 4, topic);
  for (const sentence of [...all, ...kinds.flatMap((kind) => [...openings[kind], ...closings[kind]])])
    assert.match(sentence, /^[A-Z].*[.?]$/);
  assert.equal(new Set(all).size, all.length);
  for (const turn of turns) assert.match(turn, /^[A-Z].*,$/);
});

test('feedback phrases: a topic without sentences is refused by name', () => {
  assert.throws(() => phrasesOf('weather'), { message: 'feedback: nothing to say about weather' });
});
