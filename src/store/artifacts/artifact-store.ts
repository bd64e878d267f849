/**
 * Files that never change, kept under the hash of what they hold: the same content is there once, and what was
 * altered is found out when it is read.
 *
 * Every engine passes `testing/artifact-suite.ts`.
 */
export interface Artifact {
  /** SHA-256 of the content, lower-case hex: its name. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface ArtifactStore {
  /** What a person calls the place. */
  readonly place: string;
  /** Keeps content, whole or not at all; content that is there already costs a look, a damaged copy is replaced. */
  put(content: Uint8Array): Promise<Artifact>;
  /** The same of a file, read piece by piece. */
  putFile(path: string): Promise<Artifact>;
  /** The content; `artifact.not-found` when it isn't there, `artifact.damaged` when it isn't what was put. */
  read(sha256: string): Promise<Uint8Array>;
  /** Whether it is there; says nothing of its content. */
  has(sha256: string): Promise<boolean>;
  /** All there is, by name. */
  list(): Promise<readonly Artifact[]>;
  /** Takes it away; false when it wasn't there. */
  remove(sha256: string): Promise<boolean>;
}

/** A name as `put` gives it; nothing else may become part of a path. */
export const isArtifactName = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);
