/** Every search method, in the order the documentation tells them. */
import type { SearchMethod } from '../search-method.ts';
import { auto } from './auto.ts';
import { bayes } from './bayes.ts';
import { grid } from './grid.ts';
import { halving } from './halving.ts';
import { random } from './random.ts';

export const allSearchMethods: readonly SearchMethod[] = [grid, random, bayes, halving, auto];

export function searchMethodById(id: string): SearchMethod {
  const method = allSearchMethods.find((one) => one.id === id);
  if (!method) throw new TypeError(`no search method is called ${id}`);
  return method;
}
