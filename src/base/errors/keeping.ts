/** Files, the database, backups and keys. */
import { entry } from './entry.ts';

export const keepingErrors = {
  'output.unwritable': entry(
    'UnavailableError',
    'A result could not be written.',
    'Check the folder, its permissions and the free space.',
  ),
  'workspace.unwritable': entry(
    'UnavailableError',
    'The workspace folder cannot be written.',
    'Check permissions and free space, or set HOLDFAST_HOME.',
  ),
  'store.unavailable': entry(
    'UnavailableError',
    'The database does not answer, or is held by another process.',
    'Check that it runs and can be reached, then try again.',
  ),
  'store.full': entry(
    'UnavailableError',
    'The disk of the database is full.',
    'Free some space; what was answered before is safe.',
  ),
  'store.damaged': entry(
    'UnavailableError',
    'The database file is damaged or no database.',
    'Restore a backup with `holdfast restore`.',
  ),
  'store.newer': entry(
    'UnavailableError',
    'The database was made by a newer Holdfast.',
    'Update Holdfast, or restore a backup of before.',
  ),
  'store.conflict': entry(
    'ConflictError',
    'Another entry has this name or key already.',
    'Use another name, or look at the entry that is there.',
  ),
  'artifact.not-found': entry(
    'NotFoundError',
    'A kept file is not where the registry says that it is.',
    'Restore a backup, or register the model file again.',
  ),
  'artifact.damaged': entry(
    'DataError',
    'A kept file is not what was put under its name.',
    'Restore a backup, or register the model file again.',
  ),
  'key.needed': entry(
    'KeyError',
    'The server has keys, and the request brought none that is valid.',
    'Send one as `Authorization: Bearer hf_...`.',
  ),
  'key.scope': entry(
    'ScopeError',
    'The key lacks the scope that the route asks for.',
    'Use another key, or make one with the scope.',
  ),
  'key.not-found': entry('NotFoundError', 'There is no such key.', 'See `holdfast keys list`.'),
  'backup.not-found': entry('NotFoundError', 'There is no backup at the path given.', 'Check the path.'),
  'backup.nothing': entry(
    'NotFoundError',
    'There is no workspace here that a backup could copy.',
    'Go to the folder of the project, or set HOLDFAST_HOME.',
  ),
  'backup.exists': entry(
    'ConflictError',
    'The backup would be written over a file that is there already.',
    'Give another name, or --yes to replace it.',
  ),
  'backup.damaged': entry(
    'DataError',
    'The backup is truncated, altered or no backup of Holdfast.',
    'Copy it again from where it was made, or use an older one.',
  ),
  'backup.newer': entry('DataError', 'The backup was made by a newer Holdfast.', 'Update Holdfast.'),
  'backup.unfit': entry(
    'DataError',
    'Something cannot be carried by a backup, or kept by the database it is restored into.',
    'Rename or remove what the message names, or restore into the other engine.',
  ),
  'restore.not-empty': entry(
    'ConflictError',
    'The place to restore into holds something, and nothing is ever overwritten.',
    'Restore --into another folder or a new database; --yes moves what a workspace holds aside.',
  ),
} as const;
