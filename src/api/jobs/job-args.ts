/** Arguments that several kinds of jobs take. */
import { z } from 'zod';

/** No control character: none belongs into a name, and file systems stop at some. */
const plain = '^[^\\u0000-\\u001f\\u007f]+$';

const words = (most: number) => z.string().max(most).regex(new RegExp(plain));

export const pathArg = (about: string) => words(500).describe(`${about}; relative to the project folder`);
export const modelArg = () =>
  words(200).describe('champion, latest, NAME@3, a label, an id or a .holdfast file');
export const nameArg = (about: string) => words(200).describe(about);
export const cutoffArg = () =>
  z.iso.date().describe('for a model of event logs: the day before which events count, YYYY-MM-DD');
export const overwriteArg = () =>
  z.boolean().default(false).describe('replace what is there; otherwise the job is refused');
export const seedArg = () => z.int().min(0).max(4_294_967_295);
