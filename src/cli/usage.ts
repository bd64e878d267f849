/** Wrong words as one sentence: what was received, what is allowed, where to read more. */
import type { CommanderError } from 'commander';
import { type ErrorFields, exitCode } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Command } from './command.ts';
import type { Failure } from './failure.ts';

/** A command and the words that named it: `models list`. */
export interface NamedCommand {
  readonly words: readonly string[];
  readonly command: Command;
}

/** The failure of words that commander refused; `named` is the command that they named, if any. */
export function usageFailure(error: CommanderError, named: NamedCommand | undefined): Failure {
  const { what, near, fields } = readError(error, named?.command);
  const words = named?.words.join(' ');
  const who = words === undefined ? '' : `${words}: `;
  const help = words === undefined ? 'holdfast --help' : `holdfast ${words} --help`;
  const next = near === undefined ? `run ${help}` : `did you mean ${near}?`;
  return {
    exit: exitCode.wrongUse,
    code: 'usage.argument',
    message: `${who}${what}; ${next}`,
    fields,
  };
}

interface Read {
  readonly what: string;
  readonly near: string | undefined;
  readonly fields: ErrorFields;
}

/** Takes apart commander's own sentence, such as "error: unknown option '--sed'\n(Did you mean --seed?)". */
function readError({ code, message }: CommanderError, command: Command | undefined): Read {
  const near = /\n\(Did you mean (?:one of )?(.+?)\?\)$/.exec(message)?.[1];
  const name = printable(/'([^']*)'/.exec(message)?.[1] ?? '');
  switch (code) {
    case 'commander.help': {
      const below = command?.commands?.map(({ id }) => id) ?? [];
      return { what: `a second word is missing, one of ${below.join(', ')}`, near, fields: {} };
    }
    case 'commander.unknownCommand':
      return { what: `${name} is no command`, near, fields: { command: name } };
    case 'commander.unknownOption':
      return { what: `${name} is no option`, near, fields: { option: name.replace(/^-+/, '') } };
    case 'commander.optionMissingArgument': {
      const option = name.split(' ')[0]!;
      return { what: `${option} needs a value`, near, fields: { option: option.replace(/^-+/, '') } };
    }
    case 'commander.missingArgument': {
      const about = command?.args.find((arg) => arg.name === `<${name}>`)?.about;
      const what = `<${name}> is missing${about === undefined ? '' : ` (${about})`}`;
      return { what, near, fields: { argument: name } };
    }
    case 'commander.excessArguments': {
      const allowed = command?.args.length ?? 0;
      const got = /but got (\d+)/.exec(message)?.[1] ?? 'more';
      return { what: `too many arguments, ${allowed} allowed, got ${got}`, near, fields: {} };
    }
    default:
      return { what: printable(message.replace(/^error: /, '').split('\n')[0]!), near, fields: {} };
  }
}
