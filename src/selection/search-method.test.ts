/** What holds for every search method, whatever it is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { allModels } from '../models/all.ts';
import { expandCandidates } from './grid.ts';
import { allSearchMethods, searchMethodById } from './methods/all.ts';
import { candidateKey, meritOf, type SearchAsk, type SearchMethod, type Trial } from './search-method.ts';
import { familyOf, searchSpace } from './search-space.ts';

const catalogue = createCatalogue(allModels, []);
const grids = {
  prior: {},
  'logistic-regression': { l2: [0.1, 1, 10], classWeight: ['none', 'balanced'] },
  'random-forest': { trees: [20, 50], minLeaf: 3 },
  mlp: { hidden: [[8], [16, 8]], alpha: [1e-4, 1e-2] },
};
const ask = (more: Partial<SearchAsk> = {}): SearchAsk => ({
  grids,
  catalogue,
  trials: 18,
  random: createRandom(11).fork('candidates'),
  sign: 1,
  rows: 20_000,
  resource: 'rows',
  earlier: [],
  endsEarly: true,
  ...more,
});

/** A made-up metric of a candidate, three folds. */
const valuesOf = (key: string, share: number): number[] => {
  const random = createRandom(1).fork(key);
  const merit = random.uniform();
  return [0, 1, 2].map(() => share * merit + 0.1 * random.uniform());
};

function trialsOf(method: SearchMethod, asked: SearchAsk, from: readonly Trial[] = []): Trial[] {
  const trials = [...from];
  for (;;) {
    const requests = method.next(trials, asked);
    if (requests.length === 0) return trials;
    for (const request of requests) {
      const folds = valuesOf(candidateKey(request.candidate), request.share);
      // Every fifth ends early, as it would on real folds.
      const isShort = method.endsBy(undefined).length > 0 && trials.length % 5 === 4;
      trials.push({
        ...request,
        number: trials.length + 1,
        folds: isShort ? folds.slice(0, 2) : folds,
        outcome: isShort ? 'median' : 'whole',
        seconds: 0,
      });
    }
  }
}

for (const method of allSearchMethods) {
  describe(`search method ${method.id}`, () => {
    const trials = trialsOf(method, ask());

    test('the same seed gives the same trials, another seed others unless all are written', () => {
      assert.deepEqual(trialsOf(method, ask()), trials);
      const others = trialsOf(method, ask({ random: createRandom(12).fork('candidates') }));
      if (method.id === 'grid') assert.deepEqual(others, trials);
      else assert.notDeepEqual(others, trials);
    });

    test('keeps nothing: asked once more at the start of any round it asks for the same', () => {
      const starts: number[] = [];
      for (let done = 0; done < trials.length; ) {
        starts.push(done);
        done += method.next(trials.slice(0, done), ask()).length;
      }
      for (const start of starts.reverse()) {
        const again = method.next(structuredClone(trials.slice(0, start)), ask());
        const asked = trials.slice(start, start + again.length);
        assert.deepEqual(
          again.map(({ candidate }) => candidate),
          asked.map(({ candidate }) => candidate),
        );
      }
    });

    test('never asks outside a range or for the same twice, and changes nothing it is given', () => {
      const space = searchSpace(grids, catalogue);
      assert.ok(trials.every(({ candidate }) => familyOf(space, candidate)));
      const keys = trials.map(({ candidate, share }) => `${candidateKey(candidate)} ${share}`);
      assert.equal(new Set(keys).size, keys.length);
      const frozen = Object.freeze(trials.slice(0, 12).map((trial) => Object.freeze(trial)));
      method.next(frozen, Object.freeze(ask()));
    });

    test('honours the number of trials and tells it beforehand; a small space is tried whole', () => {
      const most = method.most(ask());
      assert.ok(trials.length <= most, `${trials.length} of ${most}`);
      if (method.id === 'random' || method.id === 'bayes') assert.equal(trials.length, 18);
      const few = { 'logistic-regression': { l2: [1, 2, 3] }, prior: {} };
      const small = trialsOf(method, ask({ grids: few })).filter(({ share }) => share === 1);
      const tried = new Set(small.map(({ candidate }) => candidateKey(candidate)));
      if (method.id !== 'halving') assert.equal(tried.size, expandCandidates(few, catalogue).length);
    });

    test('a wrong name or value is refused though it might never be tried', () => {
      const next = (wrong: SearchAsk['grids']) => () => method.next([], ask({ grids: wrong }));
      assert.throws(next({ 'logistic-regression': { l2: [1, -1] } }), { code: 'param.value' });
      assert.throws(next({ forest: {} }), { code: 'catalogue.unknown' });
      assert.throws(next({}), { code: 'project.value' });
    });
  });
}

test('search methods: each is found by its id, another is a defect', () => {
  for (const method of allSearchMethods) assert.equal(searchMethodById(method.id), method);
  assert.throws(() => searchMethodById('guess'), TypeError);
});

test('merit: for any folds it grows with the metric, or falls where less is better', () => {
  const folds = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(folds, (values) => {
      const better = values.map((value) => value + 0.5);
      assert.ok(meritOf({ folds: better }, 1) > meritOf({ folds: values }, 1));
      assert.ok(meritOf({ folds: better }, -1) < meritOf({ folds: values }, -1));
    }),
  );
});
