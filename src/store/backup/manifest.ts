/**
 * What a backup says of itself: `manifest.json`, the last but one entry of the zip; its SHA-256 is the last.
 *
 * A key that older versions may pass over is simply added; what they must not misread raises the format version.
 */
import { z } from 'zod';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';

export const backupFormatVersion = 1;

/** The largest row, as its line in the backup. Requests of 1 MiB are refused long before. */
export const mostRowBytes = 64 * 1024 * 1024;

const sha256Text = z.string().regex(/^[0-9a-f]{64}$/);
const wholeNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const tableSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
  columns: z.array(z.string()).min(1),
  rows: wholeNumber,
  /** The highest number that the ascending column has given out; null without such a column. */
  lastGiven: wholeNumber.nullable(),
  bytes: wholeNumber,
  sha256: sha256Text,
});

const fileSchema = z.object({
  path: z.string().refine(isPortablePath),
  bytes: wholeNumber,
  sha256: sha256Text,
});

export const backupManifestSchema = z.object({
  format: z.literal('holdfast-backup'),
  formatVersion: z.literal(backupFormatVersion),
  /** The version of Holdfast that made it. */
  holdfast: z.string(),
  /** ISO time. */
  created: z.iso.datetime(),
  engine: z.enum(['sqlite', 'postgres']),
  /** Ids of the migrations that the database had behind it; none where there was no database yet. */
  migrations: z.array(z.string()),
  tables: z.array(tableSchema),
  files: z.array(fileSchema),
});

export type BackupManifest = z.infer<typeof backupManifestSchema>;
export type TableFacts = z.infer<typeof tableSchema>;
export type FileFacts = z.infer<typeof fileSchema>;

export const rowCount = ({ tables }: Pick<BackupManifest, 'tables'>): number =>
  tables.reduce((sum, { rows }) => sum + rows, 0);

export const tableEntry = (name: string): string => `tables/${name}.ndjson`;
export const fileEntry = (path: string): string => `artifacts/${path}`;

/** Whether a path, below `artifacts`, is safe to write anywhere: relative, no climbing, no odd character. */
export function isPortablePath(path: string): boolean {
  if (path.length > 1024 || /[\p{Cc}\\]/u.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** The backup is not what it should be; `what` says what is wrong. */
export const damaged = (who: string, what: string, cause?: unknown): HoldfastError =>
  new DataError(
    'backup.damaged',
    `${printable(who)}: the backup cannot be trusted, ${what}; copy it again from where it was made, or use an older one`,
    { file: printable(who) },
    { cause },
  );
