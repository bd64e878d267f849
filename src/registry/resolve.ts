/** From the words of a person to one version: `telco@3`, `champion`, `telco@champion`, `latest`, a label, an id. */
import { ConflictError, NotFoundError } from '../base/errors.ts';
import { didYouMean, listNames, printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { type ModelVersion, versionName } from './model-version.ts';
import { champion, parseReference, type VersionReference } from './names.ts';
import { listVersions } from './versions.ts';

/** The version that is meant; `model.not-found` where there is none, `registry.ambiguous` where several fit. */
export async function findVersion(database: Pick<Database, 'db'>, reference: string): Promise<ModelVersion> {
  const versions = await listVersions(database);
  const wanted = parseReference(reference);
  const found = matching(versions, wanted);
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const names = found.map((version) => fullReference(version, wanted));
    throw new ConflictError(
      'registry.ambiguous',
      `${printable(reference)}: ${found.length} versions fit: ${listNames(names)}; name one of them`,
      { model: printable(reference), found: found.length },
    );
  }
  throw notFound(reference, wanted, versions);
}

/** As `findVersion`, null where there is none. */
export async function lookVersion(
  database: Pick<Database, 'db'>,
  reference: string,
): Promise<ModelVersion | null> {
  try {
    return await findVersion(database, reference);
  } catch (error) {
    if (error instanceof NotFoundError && error.code === 'model.not-found') return null;
    throw error;
  }
}

function matching(versions: readonly ModelVersion[], wanted: VersionReference): readonly ModelVersion[] {
  switch (wanted.by) {
    case 'version':
      return versions.filter(({ name, version }) => version === wanted.version && fits(name, wanted.name));
    case 'alias':
      return versions.filter(
        ({ name, aliases }) => aliases.includes(wanted.alias) && fits(name, wanted.name),
      );
    case 'latest': {
      const passed = versions.filter((version) => version.passed && fits(version.name, wanted.name));
      return passed.sort((a, b) => b.createdAt - a.createdAt || b.version - a.version).slice(0, 1);
    }
    case 'label-or-id': {
      const { text } = wanted;
      const exact = versions.filter(({ label, modelId }) => label === text || modelId === text);
      return exact.length > 0 || text.length < 4
        ? exact
        : versions.filter(({ modelId }) => modelId.startsWith(text));
    }
  }
}

const fits = (name: string, wanted: string | null): boolean => wanted === null || name === wanted;

/** What a person can write to mean this one of several. */
const fullReference = (version: ModelVersion, wanted: VersionReference): string =>
  wanted.by === 'alias' ? `${version.name}@${wanted.alias}` : versionName(version);

function notFound(reference: string, wanted: VersionReference, versions: readonly ModelVersion[]): Error {
  const who = printable(reference);
  const names = [...new Set(versions.map(({ name }) => name))];
  const name = wanted.by === 'label-or-id' ? null : wanted.name;
  const fields = { model: who };
  if (versions.length === 0) {
    return new NotFoundError(
      'model.not-found',
      `${who}: the registry holds no model yet; run holdfast train, or holdfast models register FILE`,
      fields,
    );
  }
  if (name !== null && !names.includes(name)) {
    const near = didYouMean(name, names) || '; see holdfast models list';
    return new NotFoundError(
      'model.not-found',
      `${who}: the registry has no model of this name${near}`,
      fields,
    );
  }
  const sentence = {
    version: 'the registry has no such version; see holdfast models list',
    alias:
      wanted.by === 'alias' && wanted.alias === champion
        ? 'no version was made champion; run holdfast models promote'
        : `no version has this alias${
            wanted.by === 'alias'
              ? didYouMean(
                  wanted.alias,
                  versions.flatMap(({ aliases }) => aliases),
                ) || '; see holdfast models list'
              : ''
          }`,
    latest: 'none of its versions passed its gate; train a better one, or name one by its version',
    'label-or-id': 'the registry has no version of this label or id; see holdfast models list',
  }[wanted.by];
  return new NotFoundError('model.not-found', `${who}: ${sentence}`, fields);
}
