import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutput, formatSeconds } from './output.ts';

/** Streams that remember, and a clock that is set by hand. */
function fake({ json = false, quiet = false, isTTY = false } = {}) {
  const written = { stdout: '', stderr: '', ms: 0 };
  const streams = {
    stdout: {
      write: (text: string) => {
        written.stdout += text;
      },
    },
    stderr: {
      isTTY,
      write: (text: string) => {
        written.stderr += text;
      },
    },
  };
  return { written, output: createOutput(streams, { json, quiet }, () => written.ms) };
}

/** Ten ticks a second for five seconds, then the last. */
function tickThrough({ written, output }: ReturnType<typeof fake>): void {
  output.progress.step('Comparing');
  for (let done = 1; done <= 50; done++) {
    written.ms = done * 100;
    output.progress.tick('fits', done, 50, (50 - done) / 10);
  }
}

test('progress: without a terminal a line a second and one at the end', () => {
  const made = fake();
  tickThrough(made);
  assert.deepEqual(made.written.stderr.split('\n'), [
    'Comparing',
    '  fits: 10 of 50, about 4 s left',
    '  fits: 20 of 50, about 3 s left',
    '  fits: 30 of 50, about 2 s left',
    '  fits: 40 of 50, about 1 s left',
    '  fits: 50 of 50',
    '',
  ]);
  assert.equal(made.written.stdout, '');
});

test('progress: on a terminal one line is drawn again and again, and taken away at the end', () => {
  const made = fake({ isTTY: true });
  tickThrough(made);
  const { stderr } = made.written;
  assert.equal(stderr.split('\n').length, 2, 'only the step ends its line');
  assert.equal(stderr.split('\r\u001b[K  fits: ').length - 1, 49);
  assert.ok(stderr.endsWith('\r\u001b[K'));
});

test('progress: on a terminal not more than ten times a second', () => {
  const { written, output } = fake({ isTTY: true });
  output.progress.step('Comparing');
  for (let done = 1; done < 1000; done++) {
    written.ms = done;
    output.progress.tick('fits', done, 1000);
  }
  assert.equal(written.stderr.split('\r').length - 1, 9);
});

test('progress: a step, a warning, the result and the end of work all take a drawn line away first', () => {
  for (const then of [
    (made: ReturnType<typeof fake>) => made.output.progress.step('Judging'),
    (made: ReturnType<typeof fake>) => made.output.warn('Stopping'),
    (made: ReturnType<typeof fake>) => made.output.result('done', {}),
    (made: ReturnType<typeof fake>) => made.output.clear(),
  ]) {
    const made = fake({ isTTY: true });
    made.written.ms = 500;
    made.output.progress.tick('fits', 1, 9);
    assert.ok(made.written.stderr.endsWith('  fits: 1 of 9'));
    then(made);
    assert.match(made.written.stderr, /fits: 1 of 9\r.\[K(?:Judging\n|Stopping\n)?$/);
    made.output.clear();
    assert.match(made.written.stderr, /fits: 1 of 9\r.\[K(?:Judging\n|Stopping\n)?$/, 'once is enough');
  }
});

test('result: text for a person; with --json one JSON value and nothing else on standard output', () => {
  const plain = fake();
  plain.output.result('two\nlines', { a: 1 });
  assert.equal(plain.written.stdout, 'two\nlines\n');
  const made = fake({ json: true });
  tickThrough(made);
  made.output.warn('careful');
  made.output.result('two\nlines', { a: [1, null] });
  assert.deepEqual(JSON.parse(made.written.stdout), { a: [1, null] });
  assert.match(made.written.stderr, /^Comparing\n/, 'progress goes to standard error');
});

test('--quiet: no progress, but warnings and the result', () => {
  const made = fake({ quiet: true });
  tickThrough(made);
  assert.equal(made.written.stderr, '');
  made.output.warn('careful');
  made.output.result('done', {});
  assert.deepEqual([made.written.stdout, made.written.stderr], ['done\n', 'careful\n']);
});

test('seconds left: in the unit that a person would say', () => {
  const texts = [0.2, 1, 40, 89, 90, 600, 5399, 5400, 36000].map(formatSeconds);
  assert.deepEqual(texts, ['a second', '1 s', '40 s', '89 s', '2 min', '10 min', '90 min', '2 h', '10 h']);
});
