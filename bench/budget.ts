/**
 * How late a search with a budget ends: fits of minutes against a budget of seconds, each family, one thread and two.
 * Prints one line with the largest ratio of the time taken to the budget. `node bench/budget.ts 10` sets 10 seconds.
 */
import { loadavg } from 'node:os';
import { endless, quick, search } from '../src/adapters/threads/testing/budgeted-search.ts';

const budget = Number(process.argv[2] ?? 6);
const told: string[] = [];
let largest = 0;
for (const [family, long] of Object.entries(endless)) {
  for (const threads of [1, 2]) {
    const { seconds } = await search([...quick, long], threads, budget);
    largest = Math.max(largest, seconds / budget);
    told.push(`${family} x${threads} ${(seconds / budget).toFixed(3)}`);
  }
}
console.log(
  `budget: of ${budget} s, load ${loadavg()[0]!.toFixed(1)}: at most ${largest.toFixed(3)} times (${told.join(', ')})`,
);
