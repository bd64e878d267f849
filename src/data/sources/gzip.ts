/**
 * Unpacks a gzip file into the scratch folder, within a limit: a small file may hold terabytes of nothing.
 *
 * What it unpacks to may be 200 times the file, but always 1 GiB and never more than 4 GiB.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataError, HoldfastError } from '../../base/errors.ts';
import { refuseFullDisk } from './scratch.ts';

const gibibyte = 2 ** 30;
const usualLimits = { least: gibibyte, most: 4 * gibibyte, ratio: 200 } as const;

/** Bytes: allowed whatever the file's size; never exceeded; and times the size of the file in between. */
export interface UnpackLimits {
  readonly least: number;
  readonly most: number;
  readonly ratio: number;
}

/** The path of the unpacked copy. */
export async function unpackGzip(
  who: string,
  path: string,
  scratch: string,
  limits: UnpackLimits = usualLimits,
): Promise<string> {
  const { size } = await stat(path);
  const limit = Math.min(limits.most, Math.max(limits.least, size * limits.ratio));
  const copy = join(scratch, 'unpacked');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limit) done(null, chunk);
      else {
        const message = `${who}: the file unpacks to more than ${Math.floor(limit / 2 ** 20)} MiB, which a table of its size does not; unpack it yourself if it is sound`;
        done(new DataError('data.too-large', message, { limit }));
      }
    },
  });
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      createGunzip({ chunkSize: 1 << 18 }),
      counted,
      createWriteStream(copy, { flags: 'wx', mode: 0o600 }),
    );
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    refuseFullDisk(who, error);
    throw new DataError(
      'data.unreadable',
      `${who}: the file is not a whole gzip file: damaged, truncated or something else under that name; export or copy it again`,
    );
  }
  if (bytes === 0)
    throw new DataError('data.empty', `${who}: the file holds nothing; export the table again`);
  return copy;
}
