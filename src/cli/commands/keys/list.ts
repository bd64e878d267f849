/** `holdfast keys list`: every key there is or was, without its secret. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand } from '../../command.ts';
import { withApp } from '../../with-app.ts';

export const list = defineCommand({
  id: 'list',
  group: 'Look after it',
  summary: 'list the keys, newest first, revoked and expired ones too',
  args: [],
  options: [],
  examples: ['holdfast keys list', 'holdfast keys list --json'],
  async run(call) {
    const { listKeys } = await import('../../../store/keys.ts');
    const { keyListText, keyStateJson } = await import('../../texts/keys.ts');
    const { keys, now } = await withApp(call, async (app) => ({
      keys: await listKeys(await app.database()),
      now: app.clock.now(),
    }));
    call.output.result(keyListText(keys, now), { keys: keys.map((key) => keyStateJson(key, now)) });
    return exitCode.done;
  },
});
