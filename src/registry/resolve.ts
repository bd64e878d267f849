/** From the words of a person to one version: `telco@3`, `champion`, `telco@champion`, `latest`, a label, an id. */
import { ConflictError, NotFoundError } from '../base/errors.ts';
import { didYouMean, listNames, printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { type ModelVersion, versionName } from './model-version.ts';
import { champion, parseReference, type VersionReference } from './names.ts';
import { type ModelVersionTable, type RegistryDb, withRegistry } from './tables.ts';
import { wholeVersions } from './versions.ts';

/** The version that is meant; `model.not-found` where there is none, `registry.ambiguous` where several fit. */
export async function findVersion(database: Pick<Database, 'db'>, reference: string): Promise<ModelVersion> {
  const db = withRegistry(database.db);
  const wanted = parseReference(reference);
  // Nothing is called so, and PostgreSQL refuses to look for that character.
  const isPossible = !reference.includes('\0');
  const found = isPossible ? await wholeVersions(db, await matching(db, wanted)) : [];
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const names = found.map((version) => fullReference(version, wanted));
    throw new ConflictError(
      'registry.ambiguous',
      `${printable(reference)}: ${found.length} versions fit: ${listNames(names)}; name one of them`,
      { model: printable(reference), found: found.length },
    );
  }
  throw notFound(reference, wanted, await knownWords(db));
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

/** Reads no more than what fits: servers and commands ask this all the time. */
async function matching(db: RegistryDb, wanted: VersionReference): Promise<readonly ModelVersionTable[]> {
  const rows = db.selectFrom('model_version').selectAll('model_version');
  const named =
    wanted.by === 'label-or-id' || wanted.name === null
      ? rows
      : rows.where('model_version.name', '=', wanted.name);
  switch (wanted.by) {
    case 'version':
      return named.where('version', '=', wanted.version).execute();
    case 'alias':
      return named
        .innerJoin('model_alias', (join) =>
          join
            .onRef('model_alias.name', '=', 'model_version.name')
            .onRef('model_alias.version', '=', 'model_version.version'),
        )
        .where('model_alias.alias', '=', wanted.alias)
        .execute();
    case 'latest':
      return named
        .where('passed', '=', 1)
        .orderBy('created_at', 'desc')
        .orderBy('version', 'desc')
        .orderBy('name')
        .limit(1)
        .execute();
    case 'label-or-id': {
      const { text } = wanted;
      const exact = await rows
        .where((one) => one.or([one('label', '=', text), one('model_id', '=', text)]))
        .execute();
      // Only what could begin an id: nothing in it means something to LIKE.
      return exact.length > 0 || !/^[0-9a-f-]{4,}$/.test(text)
        ? exact
        : rows.where('model_id', 'like', `${text}%`).execute();
    }
  }
}

/** What a person can write to mean this one of several. */
const fullReference = (version: ModelVersion, wanted: VersionReference): string =>
  wanted.by === 'alias' ? `${version.name}@${wanted.alias}` : versionName(version);

/** Names and aliases that a misspelt word may have meant. */
async function knownWords(db: RegistryDb) {
  const names = await db.selectFrom('model_version').select('name').distinct().execute();
  const aliases = await db.selectFrom('model_alias').select('alias').distinct().execute();
  return { names: names.map(({ name }) => name), aliases: aliases.map(({ alias }) => alias) };
}

function notFound(
  reference: string,
  wanted: VersionReference,
  { names, aliases }: Awaited<ReturnType<typeof knownWords>>,
): Error {
  const who = printable(reference);
  const name = wanted.by === 'label-or-id' ? null : wanted.name;
  const fields = { model: who };
  if (names.length === 0) {
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
            wanted.by === 'alias' ? didYouMean(wanted.alias, aliases) || '; see holdfast models list' : ''
          }`,
    latest: 'none of its versions passed its gate; train a better one, or name one by its version',
    'label-or-id': 'the registry has no version of this label or id; see holdfast models list',
  }[wanted.by];
  return new NotFoundError('model.not-found', `${who}: ${sentence}`, fields);
}
