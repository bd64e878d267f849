/** `holdfast models replay REQUEST`: was a logged score really given by the model that the log names? */
import { exitCode, NotFoundError, ParamError } from '../../../base/errors.ts';
import { printable } from '../../../base/text.ts';
import type { LoggedRow } from '../../../serving/log/find-logged.ts';
import type { Database } from '../../../store/database/database.ts';
import { defineCommand } from '../../command.ts';
import { numberOption } from '../../parse.ts';
import { withApp } from '../../with-app.ts';

export const replay = defineCommand({
  id: 'replay',
  group: 'Look after it',
  summary: 'score what was logged again, and compare to the bit',
  args: [{ name: '[request]', about: 'a request id, or REQUEST#2 for the third customer in it' }],
  options: [
    { flags: '--sample <n>', about: 'instead of a request, so many rows drawn from the whole log' },
    { flags: '--seed <n>', about: 'draw the same rows again' },
  ],
  examples: [
    'holdfast models replay 01a1ffc7-4b94-7000-902b-1872f51c97e1',
    "holdfast models replay '01a1ffc7-4b94-7000-902b-1872f51c97e1#2' --json",
    'holdfast models replay --sample 1000',
  ],
  async run(call) {
    const { isoTime } = await import('../../../registry/version-json.ts');
    const { lookVersion } = await import('../../../registry/resolve.ts');
    const { openVersion } = await import('../../../registry/open-version.ts');
    const { replayLogged } = await import('../../../serving/replay-logged.ts');
    const { replayText } = await import('../../texts/replay.ts');
    const sample = numberOption(call, 'sample', { min: 1, max: 100_000, whole: true });
    const reference = call.args[0];
    if ((reference === undefined) === (sample === undefined)) {
      throw new ParamError(
        'usage.argument',
        'models replay: give a request id, or --sample N to draw from the log; one of the two',
        { option: 'sample' },
      );
    }
    const { rows, seed } = await withApp(call, async (app) => {
      const database = await app.databaseIfThere();
      const seed = numberOption(call, 'seed', seeds) ?? app.clock.now() % (seeds.max + 1);
      if (database === null) throw noRequest(reference);
      const logged =
        reference === undefined ? await drawn(database, sample!, seed) : await named(database, reference);
      return {
        seed,
        rows: await replayLogged(logged, {
          catalogue: app.catalogue,
          async load(id) {
            const version = await lookVersion(database, id);
            if (version) return openVersion(app.artifacts(), version, app.catalogue);
            // A server may have answered by a file that nobody registered.
            return app.models.load(id).catch((error) => {
              if (error instanceof NotFoundError) return null;
              throw error;
            });
          },
        }),
      };
    });
    const equal = rows.filter(({ outcome }) => outcome === 'equal').length;
    call.output.result(replayText(rows), {
      rows: rows.length,
      equal,
      ...(sample !== undefined && { seed }),
      replayed: rows.map(({ at, ...rest }) => ({ ...rest, at: isoTime(at) })),
    });
    return equal === rows.length ? exitCode.done : exitCode.answerIsNo;
  },
});

const seeds = { min: 0, max: 2 ** 32 - 1, whole: true };

async function drawn(database: Database, count: number, seed: number): Promise<readonly LoggedRow[]> {
  const { createRandom } = await import('../../../base/random.ts');
  const { sampleLog } = await import('../../../serving/log/find-logged.ts');
  return sampleLog(database, count, createRandom(seed));
}

async function named(database: Database, reference: string): Promise<readonly LoggedRow[]> {
  const { findRequest } = await import('../../../serving/log/find-logged.ts');
  const [, requestId, index] = /^(.*?)(?:#(\d{1,9}))?$/s.exec(reference)!;
  const rows = await findRequest(database, requestId!, index === undefined ? undefined : Number(index));
  if (rows.length === 0) throw noRequest(reference);
  return rows;
}

const noRequest = (reference = 'models replay') =>
  new NotFoundError(
    'prediction.not-found',
    `${printable(reference)}: the prediction log of this workspace has no such request; see its answer's requestId, or GET /v1/predictions`,
    { request: printable(reference) },
  );
