/**
 * A version in one file, to be taken to another workspace: a zip of the model file, its entry in the registry, and
 * its history.
 *
 * Everything is checked when it comes in: the sizes, the hash of each part, that entry, model and history belong
 * together, and the hash of each history entry. The new workspace gives its own version number; approvals,
 * aliases and stage stay behind, because a file can be written by anybody, and its history is kept as an artefact
 * that the new workspace's own history names.
 */
import { z } from 'zod';
import { ModelFileError } from '../base/errors.ts';
import { sha256 } from '../base/hash.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { ArtifactStore } from '../store/artifacts/artifact-store.ts';
import type { Database } from '../store/database/database.ts';
import { entryHash } from '../store/history.ts';
import { decodeModelFile } from '../store/model-file.ts';
import { readZip, writeZip } from '../store/zip.ts';
import { type Changing, changeRegistry } from './change.ts';
import { checkDescriptionAndTags, describeWithin } from './describe.ts';
import { type ModelVersion, subjectOf } from './model-version.ts';
import { type Registered, registerWithin } from './register.ts';

const formatVersion = 1;
const text = z.string();
const moment = z.int().min(0);

const entrySchema = z.object({
  formatVersion: z.literal(formatVersion),
  version: z.object({
    name: text,
    version: z.int().min(1),
    modelId: z.uuid(),
    label: text,
    fileSha256: text,
    description: text.nullable(),
    tags: z.record(text, text),
    registeredBy: text,
    registeredAt: moment,
  }),
  parts: z.object({ 'model.holdfast': text, 'history.json': text }),
});

const historySchema = z.array(
  z.object({
    position: z.int().min(1),
    at: moment,
    actor: text,
    event: text,
    subject: text,
    details: text,
    previous_hash: text,
    hash: text,
  }),
);

/** The bytes of an export; equal for an equal registry. */
export async function exportVersion(
  database: Database,
  artifacts: ArtifactStore,
  version: ModelVersion,
): Promise<Uint8Array> {
  const model = await artifacts.read(version.fileSha256);
  const rows = await database.db
    .selectFrom('history')
    .selectAll()
    .where('subject', '=', subjectOf(version))
    .orderBy('position')
    .execute();
  const history = utf8(canonicalJson(rows));
  const { name, modelId, label, fileSha256, description, tags, registeredBy, registeredAt } = version;
  const entry = utf8(
    canonicalJson({
      formatVersion,
      version: {
        name,
        version: version.version,
        modelId,
        label,
        fileSha256,
        description,
        tags,
        registeredBy,
        registeredAt,
      },
      parts: { 'model.holdfast': sha256(model), 'history.json': sha256(history) },
    }),
  );
  return writeZip({
    'model.holdfast': model,
    'history.json': history,
    'entry.json': entry,
    'entry.sha256': utf8(`${sha256(entry)}\n`),
  });
}

/**
 * Takes an export in as the next version of its name; a model that is here already stays as it is. `who` is what
 * errors call the file. Throws `model.damaged` for whatever doesn't hold together.
 */
export async function importVersion(
  database: Database,
  artifacts: ArtifactStore,
  { who, bytes }: { readonly who: string; readonly bytes: Uint8Array },
  catalogue: Catalogue,
  by: Changing,
): Promise<Registered> {
  const parts = await readZip(who, bytes);
  const entryBytes = parts['entry.json'];
  const historyBytes = parts['history.json'];
  const model = parts['model.holdfast'];
  const recorded = parts['entry.sha256'];
  if (!entryBytes || !historyBytes || !model || !recorded)
    throw damaged(who, 'is no exported version; give a file that holdfast models export wrote');
  if (new TextDecoder().decode(recorded).trim() !== sha256(entryBytes))
    throw damaged(who, 'its entry.json is not the one that was written; export it again');
  const entry = readJson(who, 'entry.json', entryBytes, entrySchema);
  for (const [name, hash] of Object.entries(entry.parts))
    if (sha256(parts[name]!) !== hash)
      throw damaged(who, `its ${name} is not the one that was written; export it again`);
  const { manifest } = await decodeModelFile(who, model, catalogue);
  const { version } = entry;
  const { id, name, label } = manifest.model;
  if (
    id !== version.modelId ||
    name !== version.name ||
    label !== version.label ||
    version.fileSha256 !== sha256(model)
  )
    throw damaged(who, 'its entry is about another model than the one in it; export it again');
  const entries = checkedHistory(who, historyBytes, subjectOf(version));
  const { description, tags, registeredBy, registeredAt } = version;
  checkDescriptionAndTags({ description, tags });
  const kept = await artifacts.put(model);
  const history = await artifacts.put(historyBytes);
  return changeRegistry(database, by, async (change) => {
    const registered = await registerWithin(change, manifest, kept);
    if (!registered.isNew) return registered;
    await change.tell('model.imported', registered.version, {
      from: { version: version.version, registeredBy, registeredAt },
      historySha256: history.sha256,
      historyEntries: entries,
    });
    return {
      version: await describeWithin(change, registered.version, { description, tags }),
      isNew: true,
    };
  });
}

/** How many entries there are; each must be about this version, in order, and have the hash that its content gives. */
function checkedHistory(who: string, bytes: Uint8Array, subject: string): number {
  const rows = readJson(who, 'history.json', bytes, historySchema);
  let last = 0;
  for (const row of rows) {
    const { position, hash } = row;
    if (row.subject !== subject || position <= last || hash !== entryHash(row))
      throw damaged(who, `its history doesn't hold at entry ${position}; export it again`);
    last = position;
  }
  return rows.length;
}

function readJson<Value>(who: string, part: string, bytes: Uint8Array, schema: z.ZodType<Value>): Value {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw damaged(
      who,
      `its ${part} cannot be read by this version; update Holdfast or export it again`,
      cause,
    );
  }
}

const utf8 = (content: string): Uint8Array => new TextEncoder().encode(content);

const damaged = (who: string, what: string, cause?: unknown): Error =>
  new ModelFileError('model.damaged', `${who}: ${what}`, { file: who }, { cause });
