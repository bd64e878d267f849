/** What a generation writes, by the names that were asked for: whoever guards files must know all of them. */
import { ParamError } from '../base/errors.ts';
import { didYouMean, printable } from '../base/text.ts';
import { allCompanions } from '../data/generate/companions/all.ts';
import type { CompanionDefinition } from '../data/generate/companions/definition.ts';

export interface GeneratePaths {
  readonly truthFile: string;
  readonly companions: readonly {
    readonly definition: CompanionDefinition;
    readonly file: string;
    /** Null where the customers' own files tell the truth. */
    readonly truthFile: string | null;
  }[];
  /** Null without drift. */
  readonly driftFile: string | null;
  /** All of them, the customers' own first. */
  readonly all: readonly string[];
}

/** Throws `generate.option` for a companion that there is none of. */
export function generatePaths(asked: {
  readonly out: string;
  readonly truth?: string | undefined;
  readonly companions?: readonly string[] | undefined;
  readonly drift?: unknown;
}): GeneratePaths {
  const { out } = asked;
  const truthFile = asked.truth ?? beside(out, 'truth');
  const companions = [...new Set(asked.companions)].map(findCompanion).map((definition) => ({
    definition,
    file: beside(out, definition.id),
    truthFile: definition.truth === null ? null : beside(truthFile, definition.id),
  }));
  const driftFile = asked.drift === undefined ? null : beside(truthFile, 'drift');
  const all = [out, truthFile, ...companions.flatMap((one) => [one.file, one.truthFile]), driftFile];
  return { truthFile, companions, driftFile, all: all.filter((path) => path !== null) };
}

/** a.csv and events: a.events.csv */
const beside = (path: string, name: string): string => path.replace(/(\.[^./\\]+)?$/, `.${name}$1`);

function findCompanion(id: string): CompanionDefinition {
  const found = allCompanions.find((one) => one.id === id);
  if (found !== undefined) return found;
  const known = allCompanions.map((one) => one.id);
  throw new ParamError(
    'generate.option',
    `generate: with takes ${known.join(', ')}, got ${printable(id)}${didYouMean(id, known)}`,
    { who: 'generate', param: 'with' },
  );
}
