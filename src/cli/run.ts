/** Builds the commands for commander, runs the one that was named, answers with its exit code. */
import { CommanderError, Command as Program } from 'commander';
import { exitCode } from '../base/errors.ts';
import { calledStreams } from './as-called.ts';
import type { Command } from './command.ts';
import { allCommands } from './commands/all.ts';
import { type Failure, failureJson, failureOf, failureText } from './failure.ts';
import { programName } from './format.ts';
import { createOutput, type Streams } from './output.ts';
import { listenForStop } from './stop.ts';
import { type NamedCommand, usageFailure } from './usage.ts';

/** Runs `holdfast` with these words. Never throws; the exit code says how it ended. */
export async function runCli(argv: readonly string[], plain: Streams = process): Promise<number> {
  const commands = allCommands.map(({ id }) => id);
  const streams = calledStreams(plain, programName(), commands, argv.includes('--json'));
  let exit: number = exitCode.done;
  const program = buildProgram(streams, async (command, { args, options }) => {
    const json = options.json === true;
    const output = createOutput(streams, { json, quiet: options.quiet === true }, () => performance.now());
    using stop = listenForStop(process, output.warn);
    try {
      exit = await command.run({ args, options, output, signal: stop.signal });
    } catch (thrown) {
      if (process.env.HOLDFAST_DEBUG === '1') console.error(thrown);
      output.clear();
      exit = tell(failureOf(thrown), json, streams);
    }
  });
  if (argv.length === 0) {
    program.outputHelp();
    return exit;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return tell(failureOf(thrown), argv.includes('--json'), streams);
    // Help was asked for and given.
    if (thrown.exitCode === 0) return exitCode.done;
    return tell(usageFailure(thrown, namedBy(argv)), argv.includes('--json'), streams);
  }
}

/** The command that the first words name, with those words. */
function namedBy(argv: readonly string[]): NamedCommand | undefined {
  let found: NamedCommand | undefined;
  for (const word of argv) {
    const command = (found ? found.command.commands : allCommands)?.find(({ id }) => id === word);
    if (!command) break;
    found = { words: [...(found?.words ?? []), word], command };
  }
  return found;
}

function tell(failure: Failure, json: boolean, { stdout, stderr }: Streams): number {
  if (json) stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`);
  stderr.write(`holdfast: ${failureText(failure)}\n`);
  return failure.exit;
}

type Action = (
  command: Command,
  call: { args: readonly (string | undefined)[]; options: Readonly<Record<string, unknown>> },
) => Promise<void>;

/** Where the help lists what belongs to no other group. */
const lastGroup = 'Look after it:';

const afterwards = `
Begin with:
  holdfast init customers.csv --target Churn
  holdfast train
  holdfast score latest new.csv scored.csv --reasons 3

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done and the answer is no,
141 the reader of its output went away.
Environment: HOLDFAST_HOME (where models are kept), HOLDFAST_THREADS (how many
threads train), HOLDFAST_JOBS (how many jobs a server runs at a time, 1),
HOLDFAST_DATABASE_URL (a PostgreSQL server in place of a file),
HOLDFAST_ARTIFACTS (another folder for registered files), HOLDFAST_FOUR_EYES
(true: another person approves), HOLDFAST_WIDE_KERNELS=1 (networks train in wide
registers, experimental), HOLDFAST_DEBUG=1 (stack traces).`;

/** All commands with their words; `action` is called for the one that the words name. */
export function buildProgram({ stdout, stderr }: Streams, action: Action): Program {
  const program = new Program('holdfast')
    .description(
      'Keep your customers: from a customer table to a trained, judged, explained churn model at work.',
    )
    .usage('<command> [options]')
    .option('-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .addHelpCommand(
      new Program('help')
        .argument('[command]')
        .description('show the help of a command')
        .helpGroup(lastGroup),
    )
    .configureHelp({
      subcommandTerm: (command) =>
        [
          command.name(),
          ...command.registeredArguments.map((arg) => (arg.required ? `<${arg.name()}>` : `[${arg.name()}]`)),
        ].join(' '),
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // One sentence is made of it elsewhere.
      outputError: () => {},
    })
    .addHelpText('after', afterwards);
  for (const command of allCommands) addCommand(program, command, action);
  return program;
}

function addCommand(program: Program, command: Command, action: Action, isBelow = false): void {
  const sub = program
    .command(command.id)
    .summary(command.summary)
    .description(command.summary)
    .addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`)
    .exitOverride();
  if (!isBelow) sub.helpGroup(`${command.group}:`);
  for (const arg of command.args) sub.argument(arg.name, arg.about);
  for (const option of command.options) sub.option(option.flags, option.about);
  sub
    .option('--json', 'print one JSON value on standard output')
    .option('--quiet', 'print nothing but the result');
  if (command.commands) {
    // What stands after the second word belongs to it; that a second word is missing is told elsewhere.
    sub.usage('<command> [options]').helpCommand(false).enablePositionalOptions();
    for (const one of command.commands) addCommand(sub, one, action, true);
    sub.configureOutput({ writeErr: () => {} });
    return;
  }
  sub.action(async (...words: unknown[]) => {
    const options = (words.at(-1) as Program).optsWithGlobals();
    await action(command, { args: words.slice(0, -2) as (string | undefined)[], options });
  });
}
