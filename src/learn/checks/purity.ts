/** Nothing that is handed in is changed. */
import { claim, fingerprint, fingerprintOfData, fingerprintOfTable } from './claim.ts';
import type { Check } from './subject.ts';

export const purityChecks: readonly Check[] = [
  {
    id: 'inputs-untouched',
    title: 'fitting and applying leave data, parameters and fitted value as they were',
    async run(subject) {
      const data = { ...subject.data(), weights: null };
      const dataBefore = fingerprintOfData(data);
      const paramsBefore = fingerprint(subject.estimator.params);
      const fitted = await subject.fit(data);
      claim(fingerprintOfData(data) === dataBefore, 'fit changes the data set it is handed');
      claim(fingerprint(subject.estimator.params) === paramsBefore, 'fit changes its parameters');

      const table = subject.data({ seed: 2 }).table;
      const tableBefore = fingerprintOfTable(table);
      const fittedBefore = fingerprint(fitted);
      subject.apply(fitted, table);
      claim(fingerprintOfTable(table) === tableBefore, 'applying changes the table it is handed');
      claim(fingerprint(fitted) === fittedBefore, 'applying changes the fitted value');
    },
  },
];
