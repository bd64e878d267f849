/** The migrations of this room, in the order of their numbers. */
import type { Migration } from '../store/database/migrations/definition.ts';
import { deploymentsMigration } from './deployments/0004-deployments.ts';
import { expiryMigration } from './expiry/0007-expiry.ts';
import { jobsMigration } from './jobs/0006-jobs.ts';
import { predictionLogMigration } from './log/0003-prediction-log.ts';
import { outcomesMigration } from './outcomes/0005-outcomes.ts';

export const servingMigrations: readonly Migration[] = [
  predictionLogMigration,
  deploymentsMigration,
  outcomesMigration,
  jobsMigration,
  expiryMigration,
];
