/**
 * A randomised campaign on the day after the snapshot: half of the customers are left alone, the others get one of the offers.
 *
 * `churned` is the outcome under what was done; who was left alone has that of the customer table. A customer's luck is the same
 * whatever is done, so four kinds of customers exist for each offer: a persuadable leaves without it and stays with it, a sleeping
 * dog the other way round, a sure thing stays and a lost cause leaves either way. The effect is that of making the offer, whether
 * accepted or not; who was kept by it has accepted it.
 */
import type { Random } from '../../../base/random.ts';
import { sigmoid } from '../../../math/sigmoid.ts';
import { happens } from '../causal.ts';
import { generatedTarget, type People, type Person } from '../model.ts';
import { dayMs, dayText } from '../snapshot.ts';
import type { Cell, CompanionDefinition } from './definition.ts';

/** The word for those left alone. */
export const control = 'control';
/** Share of customers left alone. */
const controlShare = 0.5;

export const offers: CompanionDefinition = {
  id: 'offers',
  title: 'A randomised campaign: offers made, accepted, and who left.',
  told: {
    columns: [
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'offeredOn', kind: 'text', meaning: 'Day of the campaign.' },
      { name: 'offer', kind: 'text', meaning: 'What was offered; control for those left alone.' },
      { name: 'accepted', kind: 'boolean', meaning: 'Whether it was accepted; missing without an offer.' },
      {
        name: 'churned',
        kind: 'text',
        meaning: 'Whether the customer left in the six months after: yes or no.',
      },
    ],
    *rows(people) {
      for (let row = 0; row < people.rowCount; row++) yield toldOf(people, row);
    },
  },
  truth: {
    columns: [
      { name: 'customerId', kind: 'text', meaning: 'Names the customer.' },
      { name: 'offer', kind: 'text', meaning: 'An offer, made or not.' },
      { name: 'churnProbability', kind: 'number', meaning: 'Probability of leaving when left alone.' },
      {
        name: 'churnProbabilityWithOffer',
        kind: 'number',
        meaning: 'Probability of leaving with the offer.',
      },
      { name: 'effect', kind: 'number', meaning: 'Their difference, below 0 where the offer keeps.' },
      { name: 'type', kind: 'text', meaning: 'persuadable, sure-thing, lost-cause or sleeping-dog.' },
    ],
    *rows(people) {
      for (let row = 0; row < people.rowCount; row++) {
        const person = people.at(row);
        for (const [i, { id }] of people.offers.entries()) {
          const withOffer = person.churnProbabilityWith[i]!;
          const { churnProbability: without } = person;
          yield [person.id, id, without, withOffer, withOffer - without, typeOf(person, i)] as Cell[];
        }
      }
    },
  },
};

function toldOf(people: People, row: number): Cell[] {
  const person = people.at(row);
  const random = people.random.fork('offers', row);
  const day = dayText(person.snapshotMs + dayMs);
  const { churned, stayed } = generatedTarget;
  if (happens(random, controlShare))
    return [person.id, day, control, null, leaves(person, null) ? churned : stayed];
  const offer = random.integer(people.offers.length);
  const left = leaves(person, offer);
  const isAccepted = accepts(person, offer, random);
  return [person.id, day, people.offers[offer]!.id, isAccepted, left ? churned : stayed];
}

const leaves = ({ luck, churnProbability, churnProbabilityWith }: Person, offer: number | null): boolean =>
  luck < (offer === null ? churnProbability : churnProbabilityWith[offer]!);

function typeOf(person: Person, offer: number): string {
  const without = leaves(person, null);
  const withIt = leaves(person, offer);
  if (without) return withIt ? 'lost-cause' : 'persuadable';
  return withIt ? 'sleeping-dog' : 'sure-thing';
}

function accepts(person: Person, offer: number, random: Random): boolean {
  const likes = sigmoid(-0.7 + 0.8 * person.priceSensitivity + 0.3 * person.engagement);
  const luck = random.uniform();
  if (typeOf(person, offer) === 'persuadable') return true;
  // Few accept an offer of a company that they are about to leave.
  return luck < (leaves(person, offer) ? 0.25 * likes : likes);
}
