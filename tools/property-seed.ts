/**
 * Decides the seed of every property test: loaded before the tests by tools/test.ts. Quick runs repeat the same cases, so
 * that a red run means a change; full runs draw fresh ones and print the seed, to be repeated with HOLDFAST_SEED.
 */
import fc from 'fast-check';

const text = process.env.HOLDFAST_SEED;
if (text !== undefined) fc.configureGlobal({ seed: Number(text) });
