/** A zip written as a stream: entries one after the other, none of them whole in memory. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { sha256Stream } from '../../base/hash.ts';

export interface ArchiveWriter {
  /** The bytes of the zip; whoever reads them sets the pace. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Writes an entry; settles when its content has been taken. Gives its size and SHA-256. */
  add(
    name: string,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    how: { readonly compress: boolean },
  ): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** No more entries. */
  finish(): void;
  /** Breaks the stream off: its reader gets this error. */
  fail(cause: Error): void;
}

/** Why an entry could not be added: the reader of the zip has gone. Its own error tells why. */
export class ArchiveClosed extends Error {}

export function createArchiveWriter(created: Date): ArchiveWriter {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (cause: Error) => output.destroy(cause));
  // It may fail before its reader has come, who hears of it all the same; unheard it would end the process.
  output.on('error', () => {});
  // Nobody reads any more: an entry that waits for its reader would wait for ever.
  const abandoned = new Promise<never>((_, reject) => {
    output.once('close', () => reject(new ArchiveClosed('the archive was closed before its end')));
  });
  abandoned.catch(() => {});
  return {
    bytes: output,
    async add(name, content, { compress }) {
      const hash = sha256Stream();
      let bytes = 0;
      let taken = (): void => {};
      let broken = (_: unknown): void => {};
      const done = new Promise<void>((resolve, reject) => {
        taken = resolve;
        broken = reject;
      });
      const stream = Readable.from(
        (async function* () {
          for await (const chunk of content) {
            hash.update(chunk);
            bytes += chunk.length;
            yield chunk;
          }
          taken();
        })(),
        { objectMode: false },
      );
      stream.on('error', broken);
      zip.addReadStream(stream, name, { mtime: created, mode: 0o100600, compress });
      try {
        await Promise.race([done, abandoned]);
      } catch (cause) {
        stream.destroy();
        throw cause;
      }
      return { bytes, sha256: hash.digest('hex') };
    },
    finish: () => zip.end(),
    fail: (cause) => void output.destroy(cause),
  };
}
