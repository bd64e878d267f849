/** Who acts on the command line, as the history names them. */
import { userInfo } from 'node:os';
import { printable } from '../base/text.ts';

/** `cli:` and the system user; a user without a name, as in some containers, by number. */
export function cliActor(): string {
  try {
    return `cli:${printable(userInfo().username)}`;
  } catch {
    return `cli:uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
