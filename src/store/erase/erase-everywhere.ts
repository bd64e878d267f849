/** Removes one customer from the database and its remains, looks where else the id stands, and certifies it. */
import { isAbsolute, relative } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Progress } from '../../tasks/ports.ts';
import { artifactFolder } from '../backup/artifact-files.ts';
import type { Database, Engine } from '../database/database.ts';
import { type DatabasePlace, databaseFile } from '../database/open-database.ts';
import { type CustomerHash, customerHashMethod } from './customer-hash.ts';
import { type ErasedPlace, eraseCustomer } from './erase-customer.ts';
import type { ErasePlace } from './erase-place.ts';
import { type FoundFiles, findInFiles } from './find-in-files.ts';
import { type Purged, purgeRemains } from './purge-remains.ts';

export interface ErasePorts {
  readonly database: Database;
  readonly place: DatabasePlace;
  readonly places: readonly ErasePlace[];
  /** Where files that name the customer are looked for, beside the workspace. */
  readonly folders: readonly string[];
  /** Paths in the certificate are told from here. */
  readonly cwd: string;
  readonly clock: Clock;
  readonly actor: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Holdfast's own version. */
  readonly version: string;
}

/** Who reads it learns what was done, and that it was about the customer whose id they know; never the id. */
export interface Certificate {
  readonly certificate: 'holdfast-erasure';
  readonly formatVersion: 1;
  readonly holdfast: string;
  /** ISO time. */
  readonly erasedAt: string;
  readonly by: string;
  readonly database: { readonly engine: Engine; readonly place: string };
  readonly customer: CustomerHash & { readonly method: string };
  /** Something of the customer was there. */
  readonly found: boolean;
  readonly places: readonly ErasedPlace[];
  readonly remains: Purged;
  /** Named: they name the customer still. Backups: they were made before, so they may hold the customer. */
  readonly files: FoundFiles;
  readonly history: { readonly position: number; readonly hash: string };
}

export async function eraseEverywhere(customerId: string, ports: ErasePorts): Promise<Certificate> {
  const { database, place, places, clock, actor, progress, signal, version } = ports;
  progress.step('Removing the customer');
  const erasure = await eraseCustomer(database, customerId, places, { actor, now: clock.now() }, progress);
  progress.step('Removing what the engine keeps of deleted rows');
  const tables = [...new Set(places.flatMap((one) => one.tables))];
  const remains = await purgeRemains(place, tables, [customerId]);
  progress.step('Looking for files that name the customer');
  const file = databaseFile(place.root);
  const found = await findInFiles(
    customerId,
    {
      folders: [place.root, ...ports.folders],
      leaveOut: place.url ? [] : [file, `${file}-wal`, `${file}-shm`],
      models: artifactFolder(place.root),
    },
    signal,
  );
  const shown = (path: string): string => {
    const here = relative(ports.cwd, path);
    return here.startsWith('..') || isAbsolute(here) ? path : here;
  };
  return {
    certificate: 'holdfast-erasure',
    formatVersion: 1,
    holdfast: version,
    erasedAt: new Date(erasure.at).toISOString(),
    by: erasure.by,
    database: { engine: database.engine, place: database.place },
    customer: { ...erasure.customer, method: customerHashMethod },
    found: erasure.places.some(({ rows }) => rows > 0),
    places: erasure.places,
    remains,
    files: {
      ...found,
      named: found.named.map((one) => ({ ...one, path: shown(one.path) })),
      backups: found.backups.map((one) => ({ ...one, path: shown(one.path) })),
      packed: found.packed.map(shown),
      unreadable: found.unreadable.map(shown),
    },
    history: erasure.history,
  };
}
