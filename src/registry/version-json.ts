/** A version as `--json` and the API give it: moments as ISO texts, the file's place left out. */
import type { ModelVersion } from './model-version.ts';

export function versionJson(version: ModelVersion) {
  const { fileSha256, fileBytes, createdAt, registeredAt, approvals, ...rest } = version;
  return {
    ...rest,
    file: { sha256: fileSha256, bytes: fileBytes },
    created: isoTime(createdAt),
    registered: isoTime(registeredAt),
    approvals: approvals.map(({ actor, at, note }) => ({ actor, at: isoTime(at), note })),
  };
}

export type VersionJson = ReturnType<typeof versionJson>;

export const isoTime = (moment: number): string => new Date(moment).toISOString();
