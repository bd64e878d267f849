/** Builds the commands for commander, runs the one that was named, answers with its exit code. */
import { CommanderError, Command as Program } from 'commander';
import { exitCode, UnavailableError } from '../base/errors.ts';
import type { Command } from './command.ts';
import { allCommands } from './commands/all.ts';
import { type Failure, failureJson, failureOf, failureText } from './failure.ts';
import { createOutput } from './output.ts';

/** Runs `holdfast` with these words. Never throws; the exit code says how it ended. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort(new UnavailableError('work.stopped', 'stopped before the end; nothing was half-written'));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  let exit: number = exitCode.done;
  const program = buildProgram(async (command, call) => {
    const json = call.options.json === true;
    const output = createOutput(process, { json, quiet: call.options.quiet === true }, () =>
      performance.now(),
    );
    try {
      exit = await command.run({ ...call, output, signal: stopping.signal });
    } catch (thrown) {
      if (process.env.HOLDFAST_DEBUG === '1') console.error(thrown);
      exit = tell(failureOf(thrown), json);
    }
  });
  if (argv.length === 0) {
    program.outputHelp();
    return exit;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (thrown) {
    exit = usageExit(thrown, argv.includes('--json'));
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  return exit;
}

type Action = (
  command: Command,
  call: { args: readonly (string | undefined)[]; options: Readonly<Record<string, unknown>> },
) => Promise<void>;

/** All commands with their words; `action` is called for the one that the words name. */
export function buildProgram(action: Action): Program {
  const program = new Program('holdfast')
    .description(
      'Keep your customers: from a customer table to a trained, judged, explained churn model at work.',
    )
    .version('', '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(run with --help for more)')
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, 'holdfast: ')) });
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

function usageExit(thrown: unknown, json: boolean): number {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return exitCode.done;
    if (json) {
      const message = thrown.message.replace(/^error: /, '');
      process.stdout.write(
        `${JSON.stringify({ error: { code: 'usage.argument', message, fields: {} } }, null, 2)}\n`,
      );
    }
    return exitCode.wrongUse;
  }
  return tell(failureOf(thrown), json);
}

function tell(failure: Failure, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(failureJson(failure), null, 2)}\n`);
  process.stderr.write(`holdfast: ${failureText(failure)}\n`);
  return failure.exit;
}
