/** The migrations of this room, in the order of their numbers. */
import type { Migration } from '../store/database/migrations/definition.ts';
import { deploymentsMigration } from './deployments/0004-deployments.ts';
import { predictionLogMigration } from './log/0003-prediction-log.ts';

export const servingMigrations: readonly Migration[] = [predictionLogMigration, deploymentsMigration];
