/**
 * A kind of job: a function of `tasks` with the schema of its arguments. Its paths are relative to the project folder,
 * in which the process that runs it works.
 */
import { z } from 'zod';
import type { App } from '../../app.ts';
import type { Plain } from '../../base/plain.ts';
import type { JsonSchema } from '../../serving/customer-schema.ts';
import { FieldsError } from '../problem.ts';

/** What a job touches, as its arguments name it. */
export interface JobPaths {
  /** Files that must be there. */
  readonly reads?: readonly (string | undefined)[];
  /** Files or folders that must not be there, unless they may be replaced. */
  readonly writes?: readonly (string | undefined)[];
  /** References to models, which may be paths. */
  readonly models?: readonly (string | undefined)[];
  readonly overwrite?: boolean | undefined;
}

/** A job whose arguments fit. */
export interface PreparedJob {
  readonly args: { readonly [name: string]: Plain };
  readonly paths: JobPaths;
  run(app: App): Promise<unknown>;
}

export interface JobKind {
  /** Its file is named like it. */
  readonly id: string;
  readonly about: string;
  /** Of its arguments. */
  readonly schema: JsonSchema;
  /** Arguments that it accepts. */
  readonly example: { readonly [name: string]: Plain };
  /** Throws `FieldsError`. */
  prepare(args: unknown): PreparedJob;
}

interface Definition<Schema extends z.ZodObject> {
  readonly id: string;
  readonly about: string;
  readonly args: Schema;
  readonly example: z.input<Schema> & { readonly [name: string]: Plain };
  paths(args: z.output<Schema>): JobPaths;
  run(args: z.output<Schema>, app: App): Promise<unknown>;
}

export function defineJobKind<Schema extends z.ZodObject>(definition: Definition<Schema>): JobKind {
  const { id, about, args: schema, example, paths, run } = definition;
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
  return Object.freeze({
    ...{ id, about, example },
    schema: json as JsonSchema,
    prepare(given: unknown) {
      const read = schema.safeParse(given);
      if (!read.success) {
        throw new FieldsError(
          read.error.issues.map(({ path, message }) => ({
            path: ['', 'args', ...path].join('/'),
            message,
          })),
        );
      }
      const args = read.data;
      return {
        args: JSON.parse(JSON.stringify(args)) as PreparedJob['args'],
        paths: paths(args),
        run: (app: App) => run(args, app),
      };
    },
  });
}
