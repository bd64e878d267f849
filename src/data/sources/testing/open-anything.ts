/** Opens a file that nobody vouches for, and holds what comes of it to the promises of the room. */
import assert from 'node:assert/strict';
import { HoldfastError } from '../../../base/errors.ts';
import type { ReadColumn } from '../../source.ts';
import { openSource } from '../open.ts';

export type Outcome =
  | { readonly code: string; readonly message: string }
  | { readonly rowCount: number; readonly columns: readonly string[] };

const kindOf = { text: 'text', number: 'number', boolean: 'boolean', time: 'time' } as const;

/** The code of the refusal, or the shape of a sound table. Anything else fails the test. */
export async function openAnything(path: string): Promise<Outcome> {
  try {
    const source = await openSource(path);
    try {
      const profiles = await source.profile();
      const wanted: ReadColumn[] = source.columns.map(({ name, stored }) => ({ name, kind: kindOf[stored] }));
      const { table } = await source.read(wanted);
      assert.equal(table.rowCount, source.rowCount);
      assert.deepEqual(
        profiles.map(({ name }) => name),
        source.columns.map(({ name }) => name),
      );
      for (const profile of profiles) {
        const { rows, blank, tokens, numbers, booleans, times, dateLike, others } = profile;
        assert.equal(rows, source.rowCount);
        assert.equal(blank + tokens + numbers + booleans + times + dateLike + others, rows, profile.name);
      }
      return { rowCount: source.rowCount, columns: source.columns.map(({ name }) => name) };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    assert.notEqual(error.code, 'internal.defect');
    assert.doesNotMatch(error.message, /\n| at .*:\d+:\d+/, 'one sentence, no stack');
    return { code: error.code, message: error.message };
  }
}

export const codeOf = (outcome: Outcome): string => ('code' in outcome ? outcome.code : 'a table');
