import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { syntheticSearch } from '../testing/synthetic-search.ts';
import { choiceSection, paramsToTell } from './choice.ts';

test('choice: every candidate with folds, time and parameters; the chosen one is marked', async () => {
  const facts = fullFacts();
  const { rows, text } = readSection(await choiceSection(facts));
  assert.equal(rows.length, facts.leaderboard.length + 1);
  const chosen = rows.filter(([, model]) => model!.endsWith('chosen'));
  assert.deepEqual(
    chosen.map(([rank, model]) => [rank, model]),
    [['2', 'Logistic regression chosen']],
  );
  assert.match(rows[1]!.at(-1)!, /^trees = \d+, maxDepth = \d+$/);
  assert.equal(rows[1]![4]!.split(' ').length, 5);
  assert.match(text, /one-standard-error rule/);
  assert.match(text, /1 of 7 are not drawn/);
});

test('choice: a long list is folded away, one candidate has no picture, none is told', async () => {
  const facts = fullFacts();
  const row = facts.leaderboard[0]!;
  const many: LeaderboardRow[] = Array.from({ length: 80 }, (_, i) => ({
    ...row,
    rank: i + 1,
    chosen: i === 0,
  }));
  const long = readSection(await choiceSection({ ...facts, leaderboard: many }));
  assert.equal(long.elements.find(({ name }) => name === 'summary')!.text, 'All 80 candidates');
  const one = readSection(await choiceSection({ ...facts, leaderboard: [{ ...row, chosen: true }] }));
  assert.ok(!one.elements.some(({ name }) => name === 'figure'));
  assert.match(
    readSection(await choiceSection({ ...facts, leaderboard: [] })).text,
    /No candidate was compared/,
  );
});

test('choice: of candidates of one model only the parameters that differ are told, of a single one all', () => {
  const row = fullFacts().leaderboard[0]!;
  const of = (model: string, params: Record<string, number>): LeaderboardRow => ({ ...row, model, params });
  const rows = [of('a', { l2: 1, steps: 9 }), of('a', { l2: 2, steps: 9 }), of('b', { trees: 5, depth: 3 })];
  assert.deepEqual(
    rows.map((each) => paramsToTell(each, rows)),
    [{ l2: 1 }, { l2: 2 }, { trees: 5, depth: 3 }],
  );
});

test('choice: how it was searched is told with every trial; a grid that was tried whole is not', async () => {
  const facts = fullFacts();
  const { text, rows, elements } = readSection(await choiceSection({ ...facts, search: syntheticSearch() }));
  assert.match(text, /How it was searched/);
  assert.equal(rows.length, facts.leaderboard.length + 1 + syntheticSearch().trials.length + 1);
  const early = rows.find((cells) => cells[4] === 'early, below median');
  assert.deepEqual(early!.slice(0, 4), ['10', 'Random forest', '0.8000', '1']);
  assert.equal(elements.filter(({ name }) => name === 'figure').length, 2);
  const grid = { ...syntheticSearch(), method: 'grid', trials: syntheticSearch().trials.slice(0, 3) };
  assert.doesNotMatch(
    readSection(await choiceSection({ ...facts, search: grid })).text,
    /How it was searched/,
  );
});
