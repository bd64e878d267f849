/** What a definition says of itself is readable and sound. */
import { describe } from '../fit.ts';
import { claim } from './claim.ts';
import type { Check } from './subject.ts';

export const wordChecks: readonly Check[] = [
  {
    id: 'describe',
    title: 'describe is one or more sentences a person can read',
    async run(subject) {
      const text = describe(await subject.fitted(), subject.catalogue);
      claim(text.trim() === text && text.length >= 8, `describe says "${text}", a sentence is due`);
      claim(text.endsWith('.'), `describe says "${text}", which does not end like a sentence`);
      claim(!/NaN|undefined|null|Infinity|\[object/.test(text), `describe says "${text}"`);
    },
  },
  {
    id: 'simplicity',
    title: 'simplicity is a list of finite numbers',
    role: 'classifier',
    async run(subject) {
      if (subject.definition.role !== 'classifier') return;
      const numbers = subject.definition.simplicity(subject.estimator.params);
      claim(numbers.length > 0, 'simplicity is an empty list');
      claim(numbers.every(Number.isFinite), `simplicity is ${numbers.join(', ')}`);
    },
  },
  {
    id: 'identity',
    title: 'id, version and title are well-formed',
    async run({ definition }) {
      claim(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(definition.id), `id ${definition.id} is not kebab-case`);
      claim(
        Number.isInteger(definition.version) && definition.version >= 1,
        'version is a whole number from 1',
      );
      claim(definition.title.length > 0, 'title is empty');
      for (let version = 1; version < definition.version; version++) {
        claim(
          definition.upgrades?.[version] !== undefined,
          `version ${definition.version} comes without an upgrade from ${version}`,
        );
      }
    },
  },
];
