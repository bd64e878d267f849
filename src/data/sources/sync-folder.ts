/** What makes a rename last. */
import { open } from 'node:fs/promises';

/** A renamed file is only safe once its folder is on the disk too; where folders can't be opened there is no way. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EISDIR', 'EPERM', 'EINVAL'].includes(code ?? '')) throw error;
  }
}
