/**
 * What customers used, bought or hold, and how they rated it, from known tastes.
 *
 * Tastes and products are points in three dimensions; products of a category lie near each other. A customer comes by the products
 * whose popularity plus taste x product plus chance is the highest, and rates, as a rule, with
 * 3.4 + base of the customer + base of the product + 0.5 x (taste x product), noise of 0.6, rounded to 1..5 stars. O(customers x products).
 */
import type { Random } from '../../../base/random.ts';
import { log } from '../../../math/exp-log.ts';
import { sigmoid } from '../../../math/sigmoid.ts';
import { clamp, happens, poisson } from '../causal.ts';
import type { People, Person } from '../model.ts';
import { dayMs } from '../snapshot.ts';
import type { Cell, CompanionDefinition } from './definition.ts';
import { timeText } from './events.ts';

const dimensions = 3;
const productsOfCategory = 8;

interface Product {
  readonly id: string;
  readonly category: string;
  readonly popularity: number;
  readonly base: number;
  readonly point: readonly number[];
}

export const interactions: CompanionDefinition = {
  id: 'interactions',
  title: 'Products used, bought or held in the last year, with ratings.',
  told: {
    columns: [
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'productId', kind: 'text', meaning: 'Names the product.' },
      { name: 'category', kind: 'text', meaning: 'Category of the product.' },
      { name: 'time', kind: 'text', meaning: 'When it was first used or bought, UTC.' },
      { name: 'rating', kind: 'number', unit: 'stars', meaning: 'Rating, 1 to 5; missing when not rated.' },
    ],
    *rows(people) {
      const products = productsOf(people);
      for (let row = 0; row < people.rowCount; row++) {
        const person = people.at(row);
        yield* interactionsOf(person, products, people.random.fork('interactions', row));
      }
    },
  },
  truth: {
    columns: [
      { name: 'entity', kind: 'text', meaning: 'customer or product.' },
      { name: 'id', kind: 'text', meaning: 'Names it.' },
      {
        name: 'base',
        kind: 'number',
        unit: 'stars',
        meaning: 'By how much its ratings are higher than others.',
      },
      {
        name: 'popularity',
        kind: 'number',
        meaning: 'How readily a product is come by; missing for customers.',
      },
      { name: 'taste1', kind: 'number', meaning: 'First coordinate of the taste or product.' },
      { name: 'taste2', kind: 'number', meaning: 'Second coordinate.' },
      { name: 'taste3', kind: 'number', meaning: 'Third coordinate.' },
    ],
    *rows(people) {
      for (const { id, base, popularity, point } of productsOf(people))
        yield ['product', id, base, popularity, ...point] as Cell[];
      for (let row = 0; row < people.rowCount; row++) {
        const person = people.at(row);
        const taste = normals(people.random.fork('interactions', row));
        yield ['customer', person.id, baseOf(person), null, ...taste] as Cell[];
      }
    },
  },
};

function productsOf({ productCategories, random }: People): Product[] {
  return productCategories.flatMap((category, c) => {
    const centre = normals(random.fork('category', c));
    return Array.from({ length: productsOfCategory }, (_, i) => {
      const number = c * productsOfCategory + i;
      const own = random.fork('product', number);
      const point = normals(own).map((away, d) => 0.8 * centre[d]! + 0.6 * away);
      return {
        id: `P${String(number + 1).padStart(3, '0')}`,
        category,
        point,
        popularity: 0.7 * own.normal(),
        base: 0.35 * own.normal(),
      };
    });
  });
}

function* interactionsOf(person: Person, products: readonly Product[], random: Random): Generator<Cell[]> {
  const taste = normals(random);
  const count = Math.min(
    products.length,
    1 + poisson(random, 4.5 + 1.2 * clamp(person.engagement, -2, 3), 25),
  );
  const met = products
    .map((product) => {
      const match = product.point.reduce((sum, at, d) => sum + at * taste[d]!, 0);
      // Gumbel noise: the highest are a draw without replacement in proportion to exp(popularity + match).
      return { product, match, key: product.popularity + 0.8 * match - log(-log(openUniform(random))) };
    })
    .sort((a, b) => b.key - a.key)
    .slice(0, count);
  const days = Math.min(365, Math.floor((person.snapshotMs - person.startMs) / dayMs) + 1);
  const base = baseOf(person);
  const rows = met.map(({ product, match }) => {
    const atMs =
      person.snapshotMs - random.integer(days) * dayMs + (7 * 60 + random.integer(15 * 60)) * 60_000;
    const liking = 3.4 + base + product.base + 0.5 * match + 0.6 * random.normal();
    const rates = happens(random, sigmoid(0.4 + 0.5 * person.engagement));
    return { atMs, product, rating: rates ? clamp(Math.round(liking), 1, 5) : null };
  });
  for (const { atMs, product, rating } of rows.sort((a, b) => a.atMs - b.atMs))
    yield [person.id, product.id, product.category, timeText(atMs), rating];
}

const baseOf = ({ satisfaction }: Person): number => 0.3 * satisfaction;
const normals = (random: Random): number[] => Array.from({ length: dimensions }, () => random.normal());
/** Above 0 and below 1. */
const openUniform = (random: Random): number => (random.uint32() + 0.5) / 4_294_967_296;
