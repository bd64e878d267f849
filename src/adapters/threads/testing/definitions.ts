/** Classifiers that misbehave on demand, for the tests of the worker threads. */
import { threadId } from 'node:worker_threads';
import { z } from 'zod';
import { DataError } from '../../../base/errors.ts';
import { createCatalogue } from '../../../learn/catalogue.ts';
import { defineClassifier } from '../../../learn/definition.ts';

const behaviours = ['draw', 'refuse', 'break', 'exit', 'hang', 'nest', 'unsendable'] as const;

export const puppet = defineClassifier({
  id: 'puppet',
  version: 1,
  title: 'Puppet',
  params: z.strictObject({
    does: z.enum(behaviours).default('draw'),
    /** Tells which thread it ran in; left out where answers are compared. */
    tellsThread: z.boolean().default(false),
  }),
  tags: { kinds: ['number', 'text'], acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [],
  async fit(data, { does, tellsThread }, ctx) {
    switch (does) {
      case 'refuse':
        throw new DataError('learn.one-class', 'puppet: all rows have the same outcome', {
          who: 'puppet',
          rows: 7,
        });
      case 'break':
        throw new TypeError('puppet: a defect');
      case 'exit':
        process.exit(7);
        break;
      case 'hang':
        for (;;) if (ctx.clock.now() < 0) break;
        break;
      case 'nest': {
        const job = { id: 'puppet', params: {}, data, stream: ctx.random.fork('inner').path };
        const [inner] = await ctx.map([job]);
        return { inner: inner!.fitted as never };
      }
      case 'unsendable':
        return { broken: (() => {}) as never };
    }
    const [first] = data.table.columns;
    ctx.note({ code: 'puppet', message: 'drawn' });
    return {
      drawn: Float64Array.from({ length: 4 }, () => ctx.random.normal()),
      zero: -0,
      missing: Float64Array.of(Number.NaN),
      hasIds: data.ids !== null,
      isShared: first?.kind === 'number' && first.values.buffer instanceof SharedArrayBuffer,
      thread: tellsThread ? threadId : -1,
    };
  },
  predictProba: (_, table) => new Float64Array(table.rowCount),
  describe: () => '',
  simplicity: () => [0],
});

export const puppetCatalogue = createCatalogue([puppet], []);
