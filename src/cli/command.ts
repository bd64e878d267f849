/**
 * What a command is: its words and one function. A command's file is light, it loads what it needs when it runs,
 * so that `holdfast --help` stays fast however many commands there are.
 */
import type { Output } from './output.ts';

export interface CommandArgument {
  /** `<name>` needed, `[name]` optional. */
  readonly name: string;
  readonly about: string;
}

export interface CommandOption {
  /** As commander reads it: `--seed <n>`. */
  readonly flags: string;
  readonly about: string;
}

export interface CommandCall {
  readonly args: readonly (string | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Under which heading the help lists a command. */
export type HelpGroup = 'Make a model' | 'Use a model' | 'Look after it';

export interface Command {
  readonly id: string;
  readonly group: HelpGroup;
  readonly summary: string;
  readonly args: readonly CommandArgument[];
  readonly options: readonly CommandOption[];
  /** Shown under the help: what people type. */
  readonly examples: readonly string[];
  /** What stands below this word: `models list`. A command that has some only lists them and is never run. */
  readonly commands?: readonly Command[];
  /** Does the work and gives the exit code. */
  run(call: CommandCall): Promise<number>;
}

export const defineCommand = (command: Command): Command => Object.freeze(command);

/** A word with commands below it; they live in a folder of its name. */
export const defineCommandGroup = (
  group: Pick<Command, 'id' | 'group' | 'summary' | 'examples'> & { readonly commands: readonly Command[] },
): Command =>
  Object.freeze({
    ...group,
    args: [],
    options: [],
    run: () => Promise.reject(new TypeError(`${group.id} is no command by itself`)),
  });

/** The commands that do something, each with the words that name it. */
export function* runnableCommands(
  commands: readonly Command[],
  before: readonly string[] = [],
): Generator<{ readonly words: readonly string[]; readonly command: Command }> {
  for (const command of commands) {
    const words = [...before, command.id];
    if (command.commands) yield* runnableCommands(command.commands, words);
    else yield { words, command };
  }
}

/** An argument that commander has already required. */
export function requiredArg(call: CommandCall, position: number): string {
  const value = call.args[position];
  if (value === undefined) throw new TypeError(`argument ${position} was not declared as required`);
  return value;
}

/** The text of an option, or undefined. */
export function textOption(call: CommandCall, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}
