/**
 * The saved model: one `.holdfast` file, a zip that any tool opens.
 *
 * `pipeline.json` and `weights.bin` (the fitted value), `reference.json`, `golden.json`, `card.md`,
 * `report.html`, `manifest.json` with the SHA-256 of each, and `manifest.sha256`. A model is data: reading one
 * runs nothing. Before a model may answer, all hashes, the format version and the golden scores are checked;
 * who rewrites a loose file together with all its hashes is not detected.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ModelFileError, NotFoundError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { canonicalJson } from '../base/plain.ts';
import { printable } from '../base/text.ts';
import { decodeFitted, encodeFitted } from '../learn/artefact.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { checkGolden, decodeGolden, encodeGolden, type GoldenJson } from '../learn/golden-rows.ts';
import {
  decodeManifest,
  encodeManifest,
  type Manifest,
  type ManifestDraft,
  partNames,
} from '../tasks/manifest.ts';
import { writeWholeFile } from './whole-file.ts';
import { modelFileLimits, readZip, readZipParts, writeZip, type ZipParts } from './zip.ts';

const manifestNames: readonly string[] = ['manifest.json', 'manifest.sha256'];

export interface ModelParts {
  readonly manifest: ManifestDraft;
  readonly fitted: FittedClassifier;
  /** Any JSON: the profile of the training data. */
  readonly reference: unknown;
  readonly golden: GoldenJson;
  /** Markdown. */
  readonly card: string;
  /** HTML. */
  readonly report: string;
}

export interface LoadedModel extends Omit<ModelParts, 'manifest'> {
  readonly manifest: Manifest;
  readonly fileSha256: string;
}

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** The bytes of a model file. */
export async function encodeModelFile(parts: ModelParts): Promise<Uint8Array> {
  const { json, weights } = encodeFitted(parts.fitted);
  const files: ZipParts = {
    'pipeline.json': utf8(json),
    'weights.bin': weights,
    'reference.json': utf8(canonicalJson(parts.reference)),
    'golden.json': utf8(encodeGolden(parts.golden)),
    'card.md': utf8(parts.card),
    'report.html': utf8(parts.report),
  };
  const hashes = Object.fromEntries(
    partNames.map((name) => [name, files[name] ? sha256(files[name]) : null] as const),
  );
  const manifest = utf8(encodeManifest(parts.manifest, hashes));
  return writeZip({ ...files, 'manifest.json': manifest, 'manifest.sha256': utf8(`${sha256(manifest)}\n`) });
}

/** Writes a model file, whole or not at all. */
export async function writeModelFile(path: string, parts: ModelParts): Promise<WrittenFile> {
  const bytes = await encodeModelFile(parts);
  await writeWholeFile(path, bytes);
  return { sha256: sha256(bytes), bytes: bytes.length };
}

/**
 * Reads a model file and checks everything that can be checked. `recorded` is the SHA-256 of the whole file as
 * the workspace noted it: a file that differs was altered.
 */
export const readModelFile = async (
  path: string,
  catalogue: Catalogue,
  recorded?: string,
): Promise<LoadedModel> =>
  decodeModelFile(printable(basename(path)), await readModelBytes(path, recorded), catalogue);

/** The bytes of a model file of a possible size, held against the hash that was noted. */
export async function readModelBytes(path: string, recorded?: string): Promise<Uint8Array> {
  const who = printable(basename(path));
  await checkIsFile(who, path);
  const bytes = await readFile(path).catch((cause) => unreadable(who, cause));
  if (recorded !== undefined && sha256(bytes) !== recorded) {
    throw damaged(who, 'was altered after the workspace saved it', {});
  }
  return bytes;
}

/** The same of bytes that are in memory; `who` begins the sentence of an error. */
export async function decodeModelFile(
  who: string,
  bytes: Uint8Array,
  catalogue: Catalogue,
): Promise<LoadedModel> {
  const files = await readZip(who, bytes);
  const manifest = readManifest(who, files);
  checkParts(who, files, manifest);
  const fitted = decodeFitted(textOf(who, files, 'pipeline.json'), files['weights.bin']!);
  const golden = decodeGolden(textOf(who, files, 'golden.json'));
  checkGolden(golden, fitted, catalogue);
  return {
    manifest,
    fitted,
    reference: jsonOf(who, files, 'reference.json'),
    golden,
    card: textOf(who, files, 'card.md'),
    report: textOf(who, files, 'report.html'),
    fileSha256: sha256(bytes),
  };
}

/** Only the manifest of a model file, checked by its own hash; the rest of the file is not read. */
export async function readModelManifest(path: string): Promise<Manifest> {
  const who = printable(basename(path));
  await checkIsFile(who, path);
  return readManifest(who, await readZipParts(who, path, manifestNames));
}

async function checkIsFile(who: string, path: string): Promise<void> {
  const found = await stat(path).catch((cause) => unreadable(who, cause));
  if (found.isDirectory())
    throw damaged(who, 'is a folder, a .holdfast file needed', {}, 'name the file in it');
  if (!found.isFile()) throw damaged(who, 'is no ordinary file', {});
  if (found.size === 0) throw damaged(who, 'is empty', {});
  // Deflate can't make a file noticeably longer than what is in it.
  if (found.size > modelFileLimits.bytes * 1.01) throw damaged(who, 'is larger than any model file', {});
}

function unreadable(who: string, cause: NodeJS.ErrnoException): never {
  const isAbsent = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
  throw new NotFoundError(
    'model.not-found',
    isAbsent
      ? `${who}: there is no such model file; train a model, or give the path of a .holdfast file`
      : `${who}: the model file cannot be read (${cause.code}); check its permissions`,
    { file: who },
    { cause },
  );
}

function readManifest(who: string, files: ZipParts): Manifest {
  if (!files['manifest.json'] || !files['manifest.sha256']) {
    throw damaged(who, 'is a zip but no Holdfast model file', {}, 'give a .holdfast file');
  }
  if (textOf(who, files, 'manifest.sha256').trim() !== sha256(files['manifest.json'])) {
    throw damaged(who, 'its manifest.json is not the one that was written', { part: 'manifest.json' });
  }
  return decodeManifest(who, textOf(who, files, 'manifest.json'));
}

function checkParts(who: string, files: ZipParts, { parts }: Manifest): void {
  for (const name of partNames) {
    if (name !== 'model.onnx' && !parts[name]) throw damaged(who, `lacks its part ${name}`, { part: name });
  }
  for (const [name, hash] of Object.entries(parts)) {
    const file = files[name];
    if (hash === null ? file : !file || sha256(file) !== hash) {
      throw damaged(who, `its part ${printable(name)} is missing or not the one that was written`, {
        part: name,
      });
    }
  }
  for (const name of Object.keys(files)) {
    if (!Object.hasOwn(parts, name) && !manifestNames.includes(name)) {
      throw damaged(who, `holds ${printable(name)}, which its manifest does not name`, { part: name });
    }
  }
}

function textOf(who: string, files: ZipParts, part: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(files[part]);
  } catch (cause) {
    throw damaged(who, `its part ${part} is no UTF-8 text`, { part }, undefined, cause);
  }
}

function jsonOf(who: string, files: ZipParts, part: string): unknown {
  try {
    return JSON.parse(textOf(who, files, part));
  } catch (cause) {
    throw damaged(who, `its part ${part} is no JSON`, { part }, undefined, cause);
  }
}

const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content);

const damaged = (
  who: string,
  what: string,
  fields: Record<string, string>,
  next = 'copy it again from where it was made',
  cause?: unknown,
): Error =>
  new ModelFileError('model.damaged', `${who}: ${what}; ${next}`, { file: who, ...fields }, { cause });
