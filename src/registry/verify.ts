/** Is the registry whole? Each version's file, and the chain of the history. */
import { HoldfastError } from '../base/errors.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { verifyHistory } from '../store/history.ts';
import type { ModelVersion, VersionKey } from './model-version.ts';
import { openVersion } from './open-version.ts';
import { listVersions } from './versions.ts';

export interface VerifiedVersion extends VersionKey {
  readonly ok: boolean;
  /** Null where it is whole, else code and sentence. */
  readonly code: string | null;
  readonly message: string | null;
}

export interface RegistryCheck {
  readonly ok: boolean;
  readonly versions: readonly VerifiedVersion[];
  /** `brokenAt`: the first entry that doesn't fit the one before; null where all do. */
  readonly history: { readonly entries: number; readonly brokenAt: number | null };
}

/** Reads every kept model of the versions given, else of all, and the whole history. */
export async function verifyRegistry(
  database: Pick<Database, 'db'>,
  artifacts: ArtifactStore,
  catalogue: Catalogue,
  only?: readonly ModelVersion[],
): Promise<RegistryCheck> {
  const versions: VerifiedVersion[] = [];
  for (const version of only ?? (await listVersions(database)))
    versions.push(await verifyVersion(artifacts, version, catalogue));
  const history = await verifyHistory(database);
  return { ok: history.brokenAt === null && versions.every(({ ok }) => ok), versions, history };
}

async function verifyVersion(
  artifacts: ArtifactStore,
  version: ModelVersion,
  catalogue: Catalogue,
): Promise<VerifiedVersion> {
  const key = { name: version.name, version: version.version };
  try {
    await openVersion(artifacts, version, catalogue);
    return { ...key, ok: true, code: null, message: null };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return { ...key, ok: false, code: error.code, message: error.message };
  }
}
