/**
 * A process of its own: loads mutants one after the other and tells what became of each, so that who started it sees a crash,
 * a hang and the memory.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HoldfastError } from '../../../base/errors.ts';
import { createRandom } from '../../../base/random.ts';
import { catalogue } from '../../../catalogue.ts';
import { readReference } from '../../../drift/read-reference.ts';
import { decodeFitted } from '../../../learn/artefact.ts';
import { score } from '../../../learn/fit.ts';
import { decodeGolden, encodeGolden } from '../../../learn/golden-rows.ts';
import { liveModel } from '../../../serving/live-model.ts';
import { decodeModelFile, type LoadedModel } from '../../../store/model-file.ts';
import { readZip } from '../../../store/zip.ts';
import { tableFromRows } from '../../../table/rows.ts';
import { openHashFilter } from '../../../tasks/hash-filter.ts';
import { type Mutant, mutantOf, type Original, vouched } from './mutations.ts';

export interface Verdict {
  readonly index: number;
  readonly from: string;
  readonly how: string;
  /** `refused`: by a coded error at loading; `same`: loaded and scoring as the original does; `other`: loaded and sound. */
  readonly outcome: 'refused' | 'same' | 'other' | 'WRONG';
  /** The code, or what is wrong. */
  readonly detail: string;
  readonly peakMb: number;
}

const folder = new URL('../../../../golden/models/', import.meta.url);
const originals: readonly Original[] = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.holdfast'))
    .sort()
    .map(async (name) => {
      const bytes = readFileSync(fileURLToPath(new URL(name, folder)));
      return { name: basename(name, '.holdfast'), bytes, parts: await readZip(name, bytes) };
    }),
);
const expected = new Map(
  await Promise.all(
    originals.map(
      async (one) => [one.name, scoresOf(await decodeModelFile(one.name, one.bytes, catalogue))] as const,
    ),
  ),
);

/** Of the original's own golden rows, whatever the mutant says. */
function scoresOf({ fitted }: LoadedModel, { parts }: Original = originals[0]!): Float64Array {
  const { rows } = decodeGolden(Buffer.from(parts['golden.json']!).toString());
  return score(fitted, tableFromRows(rows, fitted.inputs).table, catalogue);
}

/** Whoever can write hashes anew can write golden scores anew: only then does the model itself meet the scorer. */
function withOwnGolden({ how, bytes, isVouched }: Mutant, parts: Original['parts']): Mutant {
  try {
    const fitted = decodeFitted(Buffer.from(parts['pipeline.json']!).toString(), parts['weights.bin']!);
    const golden = decodeGolden(Buffer.from(parts['golden.json']!).toString());
    const scores = score(fitted, tableFromRows(golden.rows, fitted.inputs).table, catalogue);
    const anew = encodeGolden({ ...golden, scores: [...scores] });
    return vouched(`${how}, golden scores too`, { ...parts, 'golden.json': Buffer.from(anew) });
  } catch {
    return { how, bytes, isVouched };
  }
}

const isSound = (scores: ArrayLike<number>): boolean =>
  Array.from(scores).every((one) => Number.isFinite(one) && one >= 0 && one <= 1);

async function verdictOf(seed: number, index: number): Promise<Omit<Verdict, 'index' | 'peakMb'>> {
  const random = createRandom(seed).fork('mutant', index);
  const drawn = mutantOf(originals, random);
  const { from } = drawn;
  const parts = drawn.isVouched ? await readZip('mutant', drawn.bytes).catch(() => null) : null;
  const { how, bytes } = parts && random.integer(2) === 0 ? withOwnGolden(drawn, parts) : drawn;
  const told = (outcome: Verdict['outcome'], detail: string) => ({ from: from.name, how, outcome, detail });
  try {
    const model = await decodeModelFile('mutant.holdfast', bytes, catalogue);
    const isOriginal =
      Buffer.from(parts?.['pipeline.json'] ?? from.parts['pipeline.json']!).equals(
        from.parts['pipeline.json']!,
      ) &&
      Buffer.from(parts?.['weights.bin'] ?? from.parts['weights.bin']!).equals(from.parts['weights.bin']!);
    const scores = scoresOf(model, from);
    if (!isSound(scores)) return told('WRONG', 'a score is no probability');
    const wanted = expected.get(from.name)!;
    const isSame = scores.length === wanted.length && scores.every((one, i) => Object.is(one, wanted[i]));
    if (isOriginal && !isSame) return told('WRONG', 'the same model scores otherwise');
    // As the server would use it.
    const { hashFilter } = model.manifest;
    const opened = {
      ...model,
      reference: readReference('mutant', model.reference, model.fitted.inputs),
      knowsTrainingKey: openHashFilter(hashFilter),
    };
    const live = liveModel(opened, null, catalogue);
    const [example] = live.schema.examples as readonly Readonly<Record<string, unknown>>[];
    if (live.reader.problems(example, 'refuse').length === 0) {
      const answers = live.answer([example!, example!]);
      if (!isSound(answers.map(({ churnProbability }) => churnProbability)))
        return told('WRONG', 'an answer is no probability');
      using entered = live.explainer.enter(1);
      await entered.reasons([example!], 3);
    }
    return told(isSame ? 'same' : 'other', '');
  } catch (error) {
    if (error instanceof HoldfastError && error.code !== 'internal.defect')
      return told('refused', error.code);
    return told('WRONG', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

const tell = (message: unknown): boolean => process.send?.(message) ?? false;

process.on('message', async ({ seed, from, to }: { seed: number; from: number; to: number }) => {
  for (let index = from; index < to; index++) {
    tell({ begun: index });
    const verdict = await verdictOf(seed, index);
    const polluted = 'polluted' in {} ? { outcome: 'WRONG', detail: 'a prototype was changed' } : {};
    tell({ index, ...verdict, ...polluted, peakMb: process.resourceUsage().maxRSS / 1024 });
  }
  process.disconnect?.();
});
tell({ ready: true });
