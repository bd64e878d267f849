/** A server under load with every write and sync recorded, and its files after many crashes that might have been. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../../base/random.ts';
import { openSqlite } from '../../../store/database/sqlite.ts';
import { verifyHistory } from '../../../store/history.ts';
import { newTrainedPlace } from '../../testing/holdfast.ts';
import { faultyServer, tally } from './faulty-server.ts';
import { preload } from './preload.ts';
import { crashImages, filesNow, type Recording, readRecording } from './recording.ts';

export interface CrashRun {
  readonly recording: Recording;
  /** Each answered request and when its answer was there, ascending. */
  readonly answers: readonly { readonly requestId: string; readonly atNs: number }[];
}

export interface CrashRunOptions {
  readonly answers: number;
  /** What SQLite is made to work with instead of `full`. */
  readonly synchronous?: 'off' | 'normal';
  /** More words after `serve`. */
  readonly words?: readonly string[];
}

/** 24 customers ask at once until there are so many answers; then kill -9. */
export async function recordRun({ answers, synchronous, words = [] }: CrashRunOptions): Promise<CrashRun> {
  const { place } = await newTrainedPlace();
  using _ = place;
  const scratch = mkdtempSync(join(tmpdir(), 'holdfast-record-'));
  try {
    const home = place.path('.holdfast');
    const before = filesNow(home);
    const { env, record } = preload(scratch, home, { isRecording: true });
    const weaker = synchronous === undefined ? {} : { NODE_OPTIONS: weakerSync(scratch, synchronous) };
    await using server = await faultyServer(place, { ...env, ...weaker }, ...words);
    const load = server.load(24);
    while (load.asked.length < answers) await pause(20);
    const asked = await load.stop();
    await server.kill();
    assert.deepEqual(
      Object.keys(tally(asked)),
      ['200'],
      JSON.stringify(asked.find(({ code }) => code)?.body),
    );
    return {
      recording: { before, events: readRecording(record), after: filesNow(home) },
      answers: asked
        .filter(({ status }) => status === 200)
        .map(({ requestId, atNs }) => ({ requestId: requestId!, atNs }))
        .sort((a, b) => a.atNs - b.atNs),
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Node options with which every connection to SQLite, in each thread and process, flushes less than it is told to. */
function weakerSync(scratch: string, synchronous: string): string {
  const file = join(scratch, 'weaker.mjs');
  writeFileSync(
    file,
    `import { DatabaseSync } from 'node:sqlite';
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (sql) {
  return exec.call(this, sql.replace(/synchronous\\s*=\\s*full/i, 'synchronous=${synchronous}'));
};
`,
  );
  return `--import=${file}`;
}

export interface Crash {
  /** Answered before the crash. */
  readonly answered: number;
  /** Of these, how many the log does not have. */
  readonly lost: number;
  /** Of these, how many it has more than once. */
  readonly twice: number;
  /** Null when the database opens and holds together. */
  readonly damage: string | null;
}

/** Half of the moments are just after an answer, when most is at stake; the others are anywhere. */
export async function crashAt(
  { recording, answers }: CrashRun,
  moments: number,
  seed: number,
): Promise<Crash[]> {
  const random = createRandom(seed);
  const first = recording.events[0]!.at;
  const last = Math.max(recording.events.at(-1)!.at, answers.at(-1)!.atNs);
  const chosen = Array.from({ length: moments }, (_, i) =>
    i % 2 === 0
      ? answers[random.integer(answers.length)]!.atNs + 1000
      : first + Math.floor(random.uniform() * (last - first)),
  ).sort((a, b) => a - b);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-crash-'));
  const crashes: Crash[] = [];
  try {
    let before = 0;
    for (const { moment, files } of crashImages(recording, chosen, random)) {
      while (before < answers.length && answers[before]!.atNs < moment) before++;
      const image = mkdtempSync(join(folder, 'image-'));
      for (const [name, bytes] of files) writeFileSync(join(image, name), bytes);
      crashes.push(await judge(join(image, 'holdfast.db'), answers.slice(0, before)));
      rmSync(image, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return crashes;
}

async function judge(path: string, answers: CrashRun['answers']): Promise<Crash> {
  const answered = answers.length;
  try {
    const logged = new Map<string, number>();
    const file = new DatabaseSync(path);
    try {
      const { integrity_check: found } = file.prepare('pragma integrity_check').get() as Record<
        string,
        string
      >;
      if (found !== 'ok') return { answered, lost: 0, twice: 0, damage: found! };
      for (const row of file
        .prepare('select request_id, count(*) as times from prediction group by 1')
        .iterate())
        logged.set(row.request_id as string, row.times as number);
    } finally {
      file.close();
    }
    const database = openSqlite(path);
    const { brokenAt } = await verifyHistory(database).finally(() => database.close());
    return {
      answered,
      lost: answers.filter(({ requestId }) => !logged.has(requestId)).length,
      twice: answers.filter(({ requestId }) => (logged.get(requestId) ?? 0) > 1).length,
      damage: brokenAt === null ? null : `the history breaks at ${brokenAt}`,
    };
  } catch (error) {
    return { answered, lost: 0, twice: 0, damage: (error as Error).message };
  }
}
