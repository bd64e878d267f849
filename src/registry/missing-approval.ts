/** For models that are opened as files: the versions that they became say whether another person has approved them. */
import type { Database } from '../store/database/database.ts';
import type { Manifest } from '../tasks/manifest.ts';
import { isApproved } from './fitness.ts';
import { versionName } from './model-version.ts';
import { registrySectionOf } from './section.ts';
import { listVersions } from './versions.ts';

/**
 * How the registry calls a model that needs another person's approval and has none: `telco@3`, or its label where it
 * isn't registered; null for a model that may answer. `fourEyes`: what is asked of every version here.
 */
export async function missingApproval(
  database: Pick<Database, 'db'>,
  {
    model,
    project,
  }: Pick<Manifest, 'project'> & {
    readonly model: Pick<Manifest['model'], 'id' | 'label'>;
  },
  fourEyes: boolean,
): Promise<string | null> {
  const versions = await listVersions(database, { modelId: model.id });
  const isAsked =
    fourEyes || registrySectionOf(project).fourEyes || versions.some((version) => version.fourEyes);
  if (!isAsked || versions.some(isApproved)) return null;
  return versions[0] ? versionName(versions[0]) : model.label;
}
