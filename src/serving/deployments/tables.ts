/** Who else answers beside the champion: rows are only added, the newest of a name is in force. */
import type { Generated, Kysely, Transaction } from 'kysely';
import type { StoreTables } from '../../store/database/tables.ts';

export type DeploymentTables = {
  deployment: DeploymentTable;
};

export interface DeploymentTable {
  seq: Generated<number>;
  /** Of the models. */
  name: string;
  at: number;
  actor: string;
  canary_version: number | null;
  /** Share of the customers that the canary answers, above 0 and below 1. */
  canary_share: number | null;
  shadow_version: number | null;
  /** JSON of `WatchLimits`. */
  limits: string;
  note: string | null;
}

export const withDeployments = (db: Kysely<StoreTables>) => db.withTables<DeploymentTables>();
export const withinDeployments = (db: Transaction<StoreTables>) => db.withTables<DeploymentTables>();
