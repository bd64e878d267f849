/** Where artefacts are kept: the folder that `HOLDFAST_ARTIFACTS` names, else `artifacts/` of the workspace. */
import { join, resolve } from 'node:path';
import { ParamError } from '../../base/errors.ts';
import { asUmask } from '../whole-file.ts';
import type { Workspace } from '../workspace.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { openFolderArtifacts } from './folder-artifacts.ts';

/** Nothing is made until something is put. Throws `usage.argument` for an address that is no folder. */
export function openArtifacts(
  { root, cwd }: Pick<Workspace, 'root' | 'cwd'>,
  env: Readonly<Record<string, string | undefined>>,
): ArtifactStore {
  const named = env.HOLDFAST_ARTIFACTS;
  if (!named) return openFolderArtifacts(join(root, 'artifacts'));
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(named)?.[1];
  if (scheme !== undefined) {
    throw new ParamError(
      'usage.argument',
      `HOLDFAST_ARTIFACTS: ${scheme}:// addresses cannot be used yet, a folder needed; name a folder, or unset it for the one of the workspace`,
      { option: 'HOLDFAST_ARTIFACTS' },
    );
  }
  // Several system users may share it, so their umask says who reads it.
  return openFolderArtifacts(resolve(cwd, named), asUmask);
}
