/** The tables of this room, as queries see them. Moments are epoch milliseconds, truths 0 or 1, JSON is text. */
import type { Generated, Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../store/database/tables.ts';

export type RegistryTables = {
  model_version: ModelVersionTable;
  model_alias: ModelAliasTable;
  model_approval: ModelApprovalTable;
};

export interface ModelVersionTable {
  name: string;
  /** 1, 2, 3 ... of a name, without a gap. */
  version: number;
  /** UUID of the model. */
  model_id: string;
  label: string;
  file_sha256: string;
  file_bytes: number;
  /** Its gate let it through. */
  passed: number;
  stage: string;
  description: string | null;
  /** JSON object of texts. */
  tags: string;
  /** JSON. */
  signature: string;
  /** JSON: the measures of the hold-out. */
  metrics: string;
  /** Who answers for it, as the project file says. */
  author: string | null;
  /** 1: another person must approve it. */
  four_eyes: number;
  registered_by: string;
  /** When it was trained. */
  created_at: number;
  registered_at: number;
}

export interface ModelAliasTable {
  name: string;
  alias: string;
  version: number;
  set_at: number;
}

export interface ModelApprovalTable {
  id: Generated<number>;
  name: string;
  version: number;
  actor: string;
  at: number;
  note: string;
}

/** The database as this room sees it. */
export const withRegistry = (db: Kysely<StoreTables>) => db.withTables<RegistryTables>();
export const withinRegistry = (db: Transaction<StoreTables>) => db.withTables<RegistryTables>();

export type RegistryDb = ReturnType<typeof withRegistry>;
