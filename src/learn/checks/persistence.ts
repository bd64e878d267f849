/** What is fitted survives being sent and saved. */
import type { Plain } from '../../base/plain.ts';
import { decodeFitted, decodePlain, type EncodedPlain, encodeFitted, encodePlain } from '../artefact.ts';
import type { FittedTransformer } from '../definition.ts';
import { claim, difference, fingerprint, notPlain } from './claim.ts';
import type { Check, Fitted, Subject } from './subject.ts';

export const persistenceChecks: readonly Check[] = [
  {
    id: 'plain-state',
    title: 'the fitted value is plain data without shared memory or stray NaN',
    async run(subject) {
      const found = notPlain((await subject.fitted()).state);
      claim(found === undefined, `the fitted value cannot be saved: ${found}`);
    },
  },
  {
    id: 'clone',
    title: 'a copy sent to another thread gives the same',
    async run(subject) {
      const fitted = await subject.fitted();
      const copy = structuredClone(fitted);
      claim(fingerprint(copy) === fingerprint(fitted), 'structuredClone changes the fitted value');
      givesTheSame(subject, copy, fitted, 'a clone');
    },
  },
  {
    id: 'save-and-load',
    title: 'saved and loaded it is equal to the byte and gives the same',
    async run(subject) {
      const fitted = await subject.fitted();
      const saved = encoded(fitted);
      const loaded = decoded(fitted.role, saved);
      claim(fingerprint(loaded) === fingerprint(fitted), 'saving and loading changes the fitted value');
      givesTheSame(subject, loaded, fitted, 'the loaded value');
      claim(fingerprint(encoded(loaded)) === fingerprint(saved), 'saving twice gives different bytes');
    },
  },
];

// Steps are saved inside pipelines only, so they have no file of their own.
const encoded = (fitted: Fitted): EncodedPlain =>
  fitted.role === 'classifier' ? encodeFitted(fitted) : encodePlain(fitted as unknown as Plain);

const decoded = (role: Fitted['role'], { json, weights }: EncodedPlain): Fitted =>
  role === 'classifier'
    ? decodeFitted(json, weights)
    : (decodePlain(json, weights) as unknown as FittedTransformer);

function givesTheSame(subject: Subject, copy: Fitted, fitted: Fitted, what: string): void {
  const { table } = subject.data({ seed: 2 });
  const found = difference(subject.apply(copy, table), subject.apply(fitted, table));
  claim(found === undefined, `${what} gives something else: ${found}`);
}
