/**
 * The models of a workspace: a folder of `.holdfast` files, beside each `<file>.sha256` with the hash of the
 * whole file as it was saved, and `labels/` with one empty file for each label ever given out.
 *
 * A file whose hash differs from the recorded one, or that has none, is refused: it was altered or did not come
 * from here. Several processes may save at once: labels are taken by exclusive creation and file names hold the
 * model's UUID.
 */
import { open, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { HoldfastError, ModelFileError, NotFoundError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { countOf, didYouMean, printable } from '../base/text.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { byCodeUnit } from '../table/column.ts';
import { nextLabel } from './label.ts';
import {
  encodeModelFile,
  type LoadedModel,
  type ModelParts,
  readModelBytes,
  readModelFile,
  readModelManifest,
  type WrittenFile,
} from './model-file.ts';
import { makeFolder, unwritable, writeWholeFile } from './whole-file.ts';

export interface ModelEntry {
  readonly path: string;
  readonly name: string;
  readonly label: string;
  readonly id: string;
  /** ISO time. */
  readonly created: string;
  /** The gate let it through. */
  readonly passed: boolean;
}

export interface ModelList {
  /** Newest first. */
  readonly models: readonly ModelEntry[];
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
}

export interface SavedModel extends WrittenFile {
  readonly path: string;
  /** A copy of the report beside the model, to be opened in a browser. */
  readonly report: string;
}

export interface ModelFolder {
  readonly path: string;
  /** A label that no other model has; it stays taken, also when the model is never saved. */
  reserveLabel(when: number, commit: string | null): Promise<string>;
  /** Saves a model, whole or not at all, as `<name>-<label>-<id>.holdfast`, and its report as `.html`. */
  save(parts: ModelParts): Promise<SavedModel>;
  /** What is there, by the manifests alone: whole files are checked when a model is read. */
  list(): Promise<ModelList>;
  /** The path of `latest`, `NAME@latest`, a label, an id or the beginning of one (4 letters or more), or a path. */
  resolve(reference: string): Promise<string>;
  /** The bytes of a model file, held against the hash noted at saving; what is in them isn't looked at. */
  readBytes(reference: string): Promise<{ readonly path: string; readonly bytes: Uint8Array }>;
  /** Resolves, reads and checks a model. */
  read(reference: string, catalogue: Catalogue): Promise<LoadedModel & { readonly path: string }>;
}

/** The models in `path`; relative paths in references start at `cwd`. */
export function openModelFolder(path: string, cwd: string): ModelFolder {
  const folder: ModelFolder = {
    path,
    reserveLabel: (when, commit) => reserveLabel(path, when, commit),
    save: (parts) => save(path, parts),
    list: () => list(path),
    resolve: (reference) => resolveReference(path, cwd, reference),
    async readBytes(reference) {
      const found = await folder.resolve(reference);
      return { path: found, bytes: await readModelBytes(found, await recordedHash(path, found)) };
    },
    async read(reference, catalogue) {
      const found = await folder.resolve(reference);
      return { ...(await readModelFile(found, catalogue, await recordedHash(path, found))), path: found };
    },
  };
  return folder;
}

const extension = '.holdfast';

/** Whether a reference names a file rather than a label, an id or a name. */
export const isModelPath = (reference: string): boolean =>
  reference.endsWith(extension) || reference.includes('/') || reference.includes(sep);

async function reserveLabel(path: string, when: number, commit: string | null): Promise<string> {
  const markers = join(path, 'labels');
  await makeFolder(markers);
  const taken = new Set(await readdir(markers).catch((cause) => cannotWrite(markers, cause)));
  for (const { label } of (await list(path)).models) taken.add(label);
  for (;;) {
    const label = nextLabel(when, commit, taken);
    try {
      await (await open(join(markers, label), 'wx')).close();
      return label;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') cannotWrite(markers, cause);
      taken.add(label);
    }
  }
}

const cannotWrite = (path: string, cause: unknown): never => {
  throw unwritable('workspace.unwritable', path, cause);
};

async function save(path: string, parts: ModelParts): Promise<SavedModel> {
  const { id, label, name } = parts.manifest.model;
  const safeName = name.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 63);
  const stem = join(path, `${safeName}-${label}-${id}`);
  const file = `${stem}${extension}`;
  const report = `${stem}.html`;
  const bytes = await encodeModelFile(parts);
  const hash = sha256(bytes);
  await makeFolder(path);
  // The model goes last: a crash before it leaves a hash and a page that nobody looks for.
  await writeWholeFile(`${file}.sha256`, `${hash}  ${basename(file)}\n`, 'workspace.unwritable');
  await writeWholeFile(report, parts.report, 'workspace.unwritable');
  await writeWholeFile(file, bytes, 'workspace.unwritable');
  return { path: file, report, sha256: hash, bytes: bytes.length };
}

async function list(path: string): Promise<ModelList> {
  const names = await readdir(path).catch((): string[] => []);
  const models: ModelEntry[] = [];
  const damaged: { path: string; reason: string }[] = [];
  for (const name of names.sort(byCodeUnit)) {
    if (!name.endsWith(extension) || name.startsWith('.')) continue;
    const file = join(path, name);
    try {
      const { model, created, gate } = await readModelManifest(file);
      const { id, label } = model;
      models.push({ path: file, name: model.name, label, id, created, passed: gate.passed });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      // A file that vanished while the folder was read is no news.
      if (error.code !== 'model.not-found') damaged.push({ path: file, reason: error.message });
    }
  }
  return { models: models.sort(newestFirst), damaged };
}

/** Models of one millisecond stand by label, the higher number first. */
const newestFirst = (a: ModelEntry, b: ModelEntry): number =>
  Date.parse(b.created) - Date.parse(a.created) ||
  b.label.localeCompare(a.label, 'en', { numeric: true }) ||
  byCodeUnit(a.id, b.id);

async function resolveReference(path: string, cwd: string, reference: string): Promise<string> {
  const latest = /^(?:(?<name>.+)@)?latest$/.exec(reference);
  if (latest) return latestPassed(path, (await list(path)).models, latest.groups?.name);
  if (isModelPath(reference)) return resolve(cwd, reference);
  const { models } = await list(path);
  const named = models.filter(({ label, id }) => label === reference || id === reference);
  const found =
    named.length > 0 || reference.length < 4 ? named : models.filter(({ id }) => id.startsWith(reference));
  if (found.length === 1) return found[0]!.path;
  const who = printable(reference);
  const near = didYouMean(reference, ['latest', ...models.map(({ label }) => label)]);
  throw new NotFoundError(
    'model.not-found',
    found.length === 0
      ? `${who}: no model of this workspace has this label or id${near || '; give another, or the path of a .holdfast file'} ${lookedIn(path)}`
      : `${who}: ${found.length} models of this workspace begin so; give more letters of the id`,
    { model: who, found: found.length },
  );
}

/** Which workspace it was: a command run in another folder looks in another. */
const lookedIn = (path: string): string => `(looked in ${path.replace(/\p{Cc}/gu, '?')})`;

function latestPassed(path: string, models: readonly ModelEntry[], name: string | undefined): string {
  const ours = name === undefined ? models : models.filter((model) => model.name === name);
  const passed = ours.find((model) => model.passed);
  if (passed) return passed.path;
  const whose = name === undefined ? 'this workspace' : `project ${printable(name)}`;
  const who = name === undefined ? 'latest' : `${printable(name)}@latest`;
  const near = name === undefined ? '' : didYouMean(name, [...new Set(models.map((model) => model.name))]);
  throw new NotFoundError(
    'model.not-found',
    ours.length === 0
      ? `${who}: ${whose} has no model yet${near || '; run holdfast train holdfast.yaml'} ${lookedIn(path)}`
      : `${who}: ${countOf(ours.length, 'model')} of ${whose}, none of which passed its gate; train a better one, or name one by its label or path`,
    { model: who, found: ours.length },
  );
}

/** The hash noted at saving, for a file of this folder; undefined for one that lies elsewhere. */
async function recordedHash(folder: string, file: string): Promise<string | undefined> {
  const [home, real] = await Promise.all([
    realpath(folder).catch(() => null),
    realpath(file).catch(() => null),
  ]);
  // A link into the folder and a link out of it are both held to the folder's record.
  const inside = [file, real]
    .filter((path) => path !== null)
    .find((path) => isIn(path, folder) || isIn(path, home));
  if (inside === undefined) return undefined;
  const who = printable(basename(inside));
  const record = await readFile(`${inside}.sha256`, 'utf8').catch(() => '');
  const hash = /^[0-9a-f]{64}(?= )/.exec(record)?.[0];
  if (hash !== undefined || real === null) return hash;
  throw new ModelFileError(
    'model.damaged',
    `${who}: the workspace has no record of saving it; copy it to a folder of your own and name it by its path there`,
    { file: who },
  );
}

const isIn = (path: string, folder: string | null): boolean =>
  folder !== null && dirname(path) === resolve(folder);
