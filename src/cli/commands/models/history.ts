/** `holdfast models history`: what happened to versions, and what answered when. */
import { exitCode } from '../../../base/errors.ts';
import { defineCommand } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const history = defineCommand({
  id: 'history',
  group: 'Look after it',
  summary: 'tell what happened to versions, and which answered when',
  args: [{ name: '[version]', about: 'NAME, NAME@3, an alias or a label; everything without' }],
  options: [{ flags: '--at <moment>', about: 'only which version answered then: 2026-01-31 or with a time' }],
  examples: ['holdfast models history telco', 'holdfast models history telco --at 2026-01-31T12:00Z --json'],
  async run(call) {
    const { subjectOf } = await import('../../../registry/model-version.ts');
    const { listModelNames } = await import('../../../registry/versions.ts');
    const { liveAt } = await import('../../../registry/live-at.ts');
    const { readHistory } = await import('../../../store/history.ts');
    const { isoTime } = await import('../../../registry/version-json.ts');
    const { historyText, liveText } = await import('../../texts/models-history.ts');
    const { momentOption } = await import('../../parse-moment.ts');
    const moment = momentOption(call, 'at');
    const reference = call.args[0];
    return withFilledRegistry(call, async ({ app, database, find }) => {
      const isName = reference !== undefined && (await listModelNames(database)).includes(reference);
      const version = reference === undefined || isName ? null : await find(reference);
      const name = isName ? reference : version?.name;
      if (moment !== undefined) {
        const live = await liveAt(database, moment, name === undefined ? {} : { name });
        call.output.result(liveText(live, moment, app.clock.now()), {
          at: isoTime(moment),
          live: live.map(({ since, ...rest }) => ({ ...rest, since: isoTime(since) })),
        });
        return exitCode.done;
      }
      const subject = version ? subjectOf(version) : isName ? `model:${reference}` : 'model';
      const entries = await readHistory(database, { subject });
      call.output.result(historyText(entries), {
        entries: entries.map(({ at, ...rest }) => ({ ...rest, at: isoTime(at) })),
      });
      return exitCode.done;
    });
  },
});
