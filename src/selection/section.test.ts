import assert from 'node:assert/strict';
import { test } from 'node:test';
import { budgetSeconds, searchPlan, trainSection } from './section.ts';

const planOf = (section: unknown) => searchPlan(trainSection.parse(section));

test('train section: what is left open depends on the method, what is written stays', () => {
  const usual = planOf({});
  assert.deepEqual([usual.choose, usual.trials], ['one-standard-error', 30]);
  assert.ok(!('mlp' in usual.candidates));
  const looking = planOf({ search: { method: 'auto' } });
  assert.deepEqual([looking.choose, looking.trials], ['best', 300]);
  assert.deepEqual(Object.keys(looking.candidates).at(-1), 'mlp');
  const written = { choose: 'best', candidates: { prior: {} }, search: { method: 'random', trials: 7 } };
  assert.deepEqual(planOf(written), {
    choose: 'best',
    candidates: { prior: {} },
    trials: 7,
    resource: 'rows',
  });
});

test('train section: halving may give less of trees; what looks by itself always gives fewer rows', () => {
  const resourceOf = (method: string) => planOf({ search: { method, resource: 'iterations' } }).resource;
  assert.deepEqual([resourceOf('halving'), resourceOf('auto')], ['iterations', 'rows']);
});

test('train section: a budget in seconds', () => {
  assert.deepEqual(['90s', '5m', '2h'].map(budgetSeconds), [90, 300, 7200]);
});
