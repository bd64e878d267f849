/** The budget of a search ends fits under way, at one thread and at two. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endless, quick, search } from './testing/budgeted-search.ts';

describe('budget', () => {
  for (const [name, long] of Object.entries(endless)) {
    for (const threads of [1, 2]) {
      test(`${name}, ${threads} threads: a fit of minutes is given up when the budget of seconds ends`, async (t) => {
        const budget = 4;
        const { seconds, results } = await search([...quick, long], threads, budget);
        t.diagnostic(`${seconds.toFixed(2)} of ${budget} s, ${results.length} candidates whole`);
        // A machine under load is late; bench/budget.ts prints by how much a quiet one is.
        assert.ok(seconds >= budget * 0.95 && seconds <= budget * 4, `${seconds} s`);
        assert.deepEqual(
          results.map(({ candidate }) => candidate.id),
          ['prior', 'random-forest'],
        );
      });
    }
  }

  test('what was tried within a budget is equal at 1 and 2 threads, and to a search without one', async () => {
    const whole = await search(quick, 1);
    for (const threads of [1, 2]) {
      const { results } = await search([...quick, endless['random-forest']!], threads, 4);
      assert.deepEqual(results, whole.results);
    }
  });
});
