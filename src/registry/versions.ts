/** Reading the registry: lists of versions, and one by its key. */
import { NotFoundError } from '../base/errors.ts';
import { didYouMean, printable } from '../base/text.ts';
import type { Database } from '../store/database/database.ts';
import { byCodeUnit } from '../table/column.ts';
import type { Approval, ModelVersion, Stage, VersionKey } from './model-version.ts';
import { type ModelVersionTable, type RegistryDb, withRegistry } from './tables.ts';

export interface VersionFilter {
  readonly name?: string;
  readonly version?: number;
  readonly stage?: Stage;
  readonly modelId?: string;
  readonly label?: string;
}

/** By name, in each the newest first. */
export const listVersions = (
  { db }: Pick<Database, 'db'>,
  filter: VersionFilter = {},
): Promise<readonly ModelVersion[]> => readVersions(withRegistry(db), filter);

/** The names that have a version, in order. */
export async function listModelNames({ db }: Pick<Database, 'db'>): Promise<readonly string[]> {
  const rows = await withRegistry(db).selectFrom('model_version').select('name').distinct().execute();
  return rows.map(({ name }) => name).sort(byCodeUnit);
}

/** One version; `model.not-found` where there is none. */
export const getVersion = ({ db }: Pick<Database, 'db'>, key: VersionKey): Promise<ModelVersion> =>
  readVersion(withRegistry(db), key);

/** As `getVersion`, within a transaction of this room. */
export async function readVersion(db: RegistryDb, { name, version }: VersionKey): Promise<ModelVersion> {
  const [found] = await readVersions(db, { name, version });
  if (found) return found;
  const names = await db.selectFrom('model_version').select('name').distinct().execute();
  const isKnown = names.some((one) => one.name === name);
  const near = isKnown
    ? ''
    : didYouMean(
        name,
        names.map((one) => one.name),
      );
  throw new NotFoundError(
    'model.not-found',
    isKnown
      ? `${printable(name)}@${version}: the registry has no such version of it; see holdfast models list`
      : `${printable(name)}: the registry has no model of this name${near || '; see holdfast models list'}`,
    { model: printable(name), version },
  );
}

export async function readVersions(db: RegistryDb, filter: VersionFilter): Promise<readonly ModelVersion[]> {
  // No text in the database can hold it, and PostgreSQL refuses to look for it.
  if ([filter.name, filter.modelId, filter.label].some((text) => text?.includes('\0'))) return [];
  let query = db.selectFrom('model_version').selectAll();
  if (filter.name !== undefined) query = query.where('name', '=', filter.name);
  if (filter.version !== undefined) query = query.where('version', '=', filter.version);
  if (filter.stage !== undefined) query = query.where('stage', '=', filter.stage);
  if (filter.modelId !== undefined) query = query.where('model_id', '=', filter.modelId);
  if (filter.label !== undefined) query = query.where('label', '=', filter.label);
  return wholeVersions(db, await query.execute());
}

/** Rows with their aliases and approvals; by name, in each the newest first. */
export async function wholeVersions(
  db: RegistryDb,
  rows: readonly ModelVersionTable[],
): Promise<readonly ModelVersion[]> {
  if (rows.length === 0) return [];
  let aliases = db.selectFrom('model_alias').selectAll();
  let approvals = db.selectFrom('model_approval').selectAll().orderBy('id');
  // Of many versions all are read: a list of all their numbers would be slower than what it leaves out.
  const [names, versions] = [distinct(rows, 'name'), distinct(rows, 'version')];
  if (names.length <= fewKeys) {
    aliases = aliases.where('name', 'in', names);
    approvals = approvals.where('name', 'in', names);
  }
  if (versions.length <= fewKeys) {
    aliases = aliases.where('version', 'in', versions);
    approvals = approvals.where('version', 'in', versions);
  }
  const aliasesOf = grouped(await aliases.execute(), ({ alias }) => alias);
  const approvalsOf = grouped(await approvals.execute(), ({ actor, at, note }) => ({ actor, at, note }));
  return rows
    .map((row) => versionOf(row, aliasesOf(row), approvalsOf(row)))
    .sort((a, b) => byCodeUnit(a.name, b.name) || b.version - a.version);
}

const fewKeys = 20;

const distinct = <Key extends 'name' | 'version'>(rows: readonly ModelVersionTable[], key: Key) => [
  ...new Set(rows.map((row) => row[key])),
];

/** Values of rows by the version that they belong to. */
function grouped<Row extends VersionKey, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
): (key: VersionKey) => readonly Value[] {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.version]);
    groups.set(key, [...(groups.get(key) ?? []), read(row)]);
  }
  return ({ name, version }) => groups.get(JSON.stringify([name, version])) ?? [];
}

function versionOf(
  row: ModelVersionTable,
  aliases: readonly string[],
  approvals: readonly Approval[],
): ModelVersion {
  return {
    name: row.name,
    version: row.version,
    modelId: row.model_id,
    label: row.label,
    fileSha256: row.file_sha256,
    fileBytes: row.file_bytes,
    passed: row.passed === 1,
    stage: row.stage as Stage,
    description: row.description,
    tags: JSON.parse(row.tags) as ModelVersion['tags'],
    signature: JSON.parse(row.signature) as ModelVersion['signature'],
    metrics: JSON.parse(row.metrics) as ModelVersion['metrics'],
    author: row.author,
    fourEyes: row.four_eyes === 1,
    registeredBy: row.registered_by,
    createdAt: row.created_at,
    registeredAt: row.registered_at,
    aliases: [...aliases].sort(byCodeUnit),
    approvals,
  };
}
