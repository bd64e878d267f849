/** Backup and restore over SQLite; `round-trip.full.test.ts` does it over PostgreSQL, and from one to the other. */
import { after } from 'node:test';
import { backupSuite } from './testing/backup-suite.ts';
import { sqlitePlaces } from './testing/places.ts';

const places = sqlitePlaces();
after(() => places.dispose());

backupSuite(places, places);
