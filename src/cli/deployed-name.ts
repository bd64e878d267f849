/** Which deployment a command is about: the name that was given, else that of the only champion. */
import type { CommandCall } from './command.ts';
import type { RegistryCall } from './with-registry.ts';

export const nameArgument = {
  name: '[name]',
  about: 'the model; needed where several have a champion',
} as const;

export async function deployedName(call: CommandCall, { find }: RegistryCall, position = 0): Promise<string> {
  return call.args[position] ?? (await find('champion')).name;
}
