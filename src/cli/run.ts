/** Builds the commands for commander, runs the one that was named, answers with its exit code. */
import { CommanderError, Command as Program } from 'commander';
import { exitCode } from '../base/errors.ts';
import type { Command } from './command.ts';
import { allCommands } from './commands/all.ts';
import { type Failure, failureJson, failureOf, failureText } from './failure.ts';
import { createOutput, type Streams } from './output.ts';
import { listenForStop } from './stop.ts';
import { usageFailure } from './usage.ts';

/** Runs `holdfast` with these words. Never throws; the exit code says how it ended. */
export async function runCli(argv: readonly string[], streams: Streams = process): Promise<number> {
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
    const command = allCommands.find(({ id }) => id === argv[0]);
    return tell(usageFailure(thrown, command), argv.includes('--json'), streams);
  }
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

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done and the answer is no.
Environment: HOLDFAST_HOME (where models are kept), HOLDFAST_THREADS (how many
threads train), HOLDFAST_DEBUG=1 (stack traces).`;

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
  for (const command of allCommands) {
    const sub = program
      .command(command.id)
      .summary(command.summary)
      .description(command.summary)
      .helpGroup(`${command.group}:`);
    for (const arg of command.args) sub.argument(arg.name, arg.about);
    for (const option of command.options) sub.option(option.flags, option.about);
    sub
      .option('--json', 'print one JSON value on standard output')
      .option('--quiet', 'print nothing but the result')
      .addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`)
      .exitOverride()
      .action(async (...words: unknown[]) => {
        const options = words.at(-2) as Record<string, unknown>;
        await action(command, { args: words.slice(0, -2) as (string | undefined)[], options });
      });
  }
  return program;
}
