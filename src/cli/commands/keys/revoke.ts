/** `holdfast keys revoke NAME`: ends a key for ever. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand, requiredArg } from '../../command.ts';
import { withApp } from '../../with-app.ts';

export const revoke = defineCommand({
  id: 'revoke',
  group: 'Look after it',
  summary: 'end a key for ever, by its name or id',
  args: [{ name: '<key>', about: 'its name or id, as holdfast keys list tells them' }],
  options: [],
  examples: ['holdfast keys revoke shop', 'holdfast keys revoke shop --json'],
  async run(call) {
    const { revokeKey } = await import('../../../store/keys.ts');
    const { cliActor } = await import('../../actor.ts');
    const { keyJson, revokedText } = await import('../../texts/keys.ts');
    const wanted = requiredArg(call, 0);
    const facts = await withApp(call, async (app) =>
      revokeKey(await app.database(), wanted, { actor: cliActor(), now: app.clock.now() }),
    );
    call.output.result(revokedText(facts), keyJson(facts));
    return exitCode.done;
  },
});
