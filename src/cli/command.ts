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

export interface Command {
  readonly id: string;
  readonly group: 'Make a model' | 'Use a model' | 'Look after it';
  readonly summary: string;
  readonly args: readonly CommandArgument[];
  readonly options: readonly CommandOption[];
  /** Shown under the help: what people type. */
  readonly examples: readonly string[];
  /** Does the work and gives the exit code. */
  run(call: CommandCall): Promise<number>;
}

export const defineCommand = (command: Command): Command => Object.freeze(command);

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
