/** The migrations of this room. Those of later rooms are joined by the app. */
import { storeMigration } from './0001-store.ts';
import type { Migration } from './definition.ts';

export const storeMigrations: readonly Migration[] = [storeMigration];
