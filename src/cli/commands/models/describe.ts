/** `holdfast models describe VERSION`: words and tags about a version. */
import { exitCode, ParamError } from '../../../base/errors.ts';
import { defineCommand, requiredArg, textOption } from '../../command.ts';
import { withFilledRegistry } from '../../with-registry.ts';

export const describe = defineCommand({
  id: 'describe',
  group: 'Look after it',
  summary: 'give a version a description or a tag',
  args: [{ name: '<version>', about: 'NAME@3, latest, a label or an id' }],
  options: [
    { flags: '--text <text>', about: 'the description; "" takes it away' },
    { flags: '--tag <name=value>', about: 'a tag; without a value it is taken away' },
  ],
  examples: [
    'holdfast models describe telco@4 --text "with the spring campaign"',
    'holdfast models describe telco@4 --tag team=retention',
  ],
  async run(call) {
    const { describeVersion } = await import('../../../registry/describe.ts');
    const { versionJson } = await import('../../../registry/version-json.ts');
    const { versionText } = await import('../../texts/models.ts');
    const text = textOption(call, 'text');
    const tag = textOption(call, 'tag');
    if (text === undefined && tag === undefined) {
      throw new ParamError('usage.argument', 'models describe: give --text, --tag or both', {
        option: 'text',
      });
    }
    const version = await withFilledRegistry(call, async ({ database, by, find }) =>
      describeVersion(
        database,
        await find(requiredArg(call, 0)),
        {
          ...(text === undefined ? {} : { description: text === '' ? null : text }),
          ...(tag === undefined ? {} : { tags: tagOf(tag) }),
        },
        by,
      ),
    );
    call.output.result(versionText(version), { version: versionJson(version) });
    return exitCode.done;
  },
});

function tagOf(text: string): Record<string, string | null> {
  const at = text.indexOf('=');
  return at < 0 ? { [text]: null } : { [text.slice(0, at)]: text.slice(at + 1) };
}
