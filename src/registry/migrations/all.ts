/** The migrations of this room. */
import type { Migration } from '../../store/database/migrations/definition.ts';
import { registryMigration } from './0002-registry.ts';

export const registryMigrations: readonly Migration[] = [registryMigration];
