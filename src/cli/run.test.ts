import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runnableCommands } from './command.ts';
import { allCommands } from './commands/all.ts';
import { buildProgram, runCli } from './run.ts';

async function run(...words: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const exit = await runCli(words, {
    stdout: {
      write: (text: string) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text: string) => {
        stderr += text;
      },
    },
  });
  return { exit, stdout, stderr };
}

const nowhere = { stdout: { write: () => {} }, stderr: { write: () => {} } };

/** What the words of a line are taken for, without running anything. */
async function parsed(line: string) {
  const calls: { id: string; args: readonly unknown[]; options: Readonly<Record<string, unknown>> }[] = [];
  const program = buildProgram(nowhere, async ({ id }, { args, options }) => {
    calls.push({ id, args, options });
  });
  // As a shell reads it: quotes keep words together.
  const words = Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
  await program.parseAsync(words, { from: 'user' });
  return calls[0]!;
}

test('commands: each has a summary, words about every argument and option, and examples that parse', async () => {
  const everything = [...allCommands, ...allCommands.flatMap(({ commands = [] }) => commands)];
  for (const { id, summary, args, options } of everything) {
    for (const about of [summary, ...args.map((arg) => arg.about), ...options.map((option) => option.about)])
      assert.match(about, /^[a-z0-9].{5,}[^.]$/i, `${id}: ${about}`);
    assert.ok(summary.length <= 60, `${id}: ${summary}`);
  }
  for (const { words, command } of runnableCommands(allCommands)) {
    assert.ok(command.examples.length >= 2, words.join(' '));
    for (const example of command.examples) {
      assert.ok(example.startsWith(`holdfast ${words.join(' ')}`), example);
      assert.equal((await parsed(example.slice('holdfast '.length))).id, command.id);
    }
  }
  for (const group of allCommands.filter(({ commands }) => commands)) {
    assert.ok(group.examples.length >= 2, group.id);
    for (const example of group.examples) {
      const [, first, second] = example.split(' ');
      assert.equal(first, group.id);
      assert.equal((await parsed(example.slice('holdfast '.length))).id, second);
    }
  }
});

test('help: without words, with --help, and as a command; exit 0, on standard output', async () => {
  for (const words of [[], ['--help'], ['-h'], ['help']]) {
    const { exit, stdout, stderr } = await run(...words);
    assert.deepEqual([exit, stderr], [0, '']);
    for (const { id, summary } of allCommands) {
      assert.match(stdout, new RegExp(`^  ${id} `, 'm'));
      assert.ok(stdout.replace(/\s+/g, ' ').includes(summary), summary);
    }
    for (const part of [
      'Make a model:',
      'Use a model:',
      'Look after it:',
      'Begin with:',
      'Exit codes: 0 done',
    ])
      assert.ok(stdout.includes(part), part);
    assert.ok(stdout.split('\n').every((line) => line.length <= 80));
  }
});

const named = [
  ...runnableCommands(allCommands),
  ...allCommands.filter(({ commands }) => commands).map((command) => ({ words: [command.id], command })),
];
for (const { words, command } of named) {
  const name = words.join(' ');
  const { args, options, examples } = command;
  test(`help of ${name}: its arguments, options, --json, --quiet and examples, no line too long`, async () => {
    const { exit, stdout } = await run(...words, '--help');
    assert.equal(exit, 0);
    if (words.length === 1) assert.equal((await run('help', ...words)).stdout, stdout);
    for (const part of [
      ...args.map(({ name: arg }) => arg.slice(1, -1)),
      ...options.map(({ flags }) => flags),
      ...(command.commands ?? []).map(({ id }) => id),
      ...examples,
    ])
      assert.ok(stdout.includes(part), part);
    assert.ok(stdout.includes('--json') && stdout.includes('--quiet'));
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.length > 80),
      [],
    );
  });

  test(`${name}: an unknown option is wrong use, and the nearest one is offered`, async () => {
    const { exit, stdout, stderr } = await run(...words, '--jsn');
    assert.deepEqual([exit, stdout], [2, '']);
    assert.equal(stderr, `holdfast: ${name}: --jsn is no option; did you mean --json? [usage.argument]\n`);
  });
}

test('wrong words: one sentence each, and where to read more', async () => {
  for (const [line, sentence] of [
    ['trian', 'trian is no command; did you mean train?'],
    ['zzzzzz', 'zzzzzz is no command; run holdfast --help'],
    ['--jsn', '--jsn is no option; run holdfast --help'],
    ['train --seed', 'train: --seed needs a value; run holdfast train --help'],
    ['train a b c', 'train: too many arguments, 1 allowed, got 3; run holdfast train --help'],
    ['doctor now', 'doctor: too many arguments, 0 allowed, got 1; run holdfast doctor --help'],
    ['models', /^models: a second word is missing, one of list, show, .*; run holdfast models --help$/],
    ['models lst', 'models: lst is no command; did you mean list?'],
    ['models show', /^models show: <version> is missing \(.*\); run holdfast models show --help$/],
    [
      'score latest',
      'score: <in> is missing (the customers: CSV, JSON, Excel or Parquet); run holdfast score --help',
    ],
  ] as const) {
    const { exit, stdout, stderr } = await run(...line.split(' '));
    assert.deepEqual([exit, stdout], [2, '']);
    const told = stderr.replace(/^holdfast: /, '').replace(/ \[usage\.argument\]\n$/, '');
    if (typeof sentence === 'string') assert.equal(told, sentence);
    else assert.match(told, sentence);
  }
});

test('wrong words with --json: the error is one JSON value, the sentence stays on standard error', async () => {
  const { exit, stdout, stderr } = await run('trian', '--json');
  assert.equal(exit, 2);
  assert.deepEqual(JSON.parse(stdout), {
    error: {
      code: 'usage.argument',
      message: 'trian is no command; did you mean train?',
      fields: { command: 'trian' },
    },
  });
  assert.equal(stderr, 'holdfast: trian is no command; did you mean train? [usage.argument]\n');
});

test('wrong words: a word cannot steer the terminal', async () => {
  const { stderr } = await run('\u001b[2Jx\n');
  assert.equal(stderr, 'holdfast: ?[2Jx? is no command; run holdfast --help [usage.argument]\n');
});

test('words: options may stand before and after arguments, and take what looks like an option as a value', async () => {
  const { args, options } = await parsed('score --reasons 3 latest in.csv out.csv --json');
  assert.deepEqual(args, ['latest', 'in.csv', 'out.csv']);
  assert.deepEqual({ ...options }, { reasons: '3', json: true });
  assert.equal((await parsed('train --seed -1')).options.seed, '-1');
  const listed = await parsed('models --json list --stage Staging --quiet');
  assert.deepEqual({ ...listed.options }, { stage: 'Staging', json: true, quiet: true });
  assert.deepEqual((await parsed('init -- --odd.csv')).args, ['--odd.csv']);
});
