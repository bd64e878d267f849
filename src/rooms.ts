/**
 * The rooms of the house, in the order in which a customer's record walks them.
 *
 * A file imports from its own room and from rooms named earlier; `rooms.test.ts` reads every import.
 * `pure` rooms do no input or output, ask no clock and draw no unseeded number; `impure` names the folders
 * of a pure room that may. A room is made when something moves in: names without a folder are kept places.
 */
export interface Room {
  readonly name: string;
  readonly pure: boolean;
  readonly impure?: readonly string[];
  /** Packages from npm that the room may use. */
  readonly packages: readonly string[];
}

const pure = (name: string, packages: readonly string[] = ['zod'], impure?: readonly string[]): Room =>
  impure ? { name, pure: true, packages, impure } : { name, pure: true, packages };
const busy = (name: string, packages: readonly string[] = ['zod']): Room => ({ name, pure: false, packages });

export const rooms: readonly Room[] = [
  pure('base'),
  pure('math'),
  pure('kernels'),
  pure('table'),
  pure('data', ['zod', 'yaml', '@duckdb/node-api', 'yauzl', 'yazl', 'read-excel-file'], ['sources']),
  pure('learn'),
  pure('features'),
  pure('models'),
  pure('evaluation'),
  pure('selection'),
  pure('explain'),
  pure('value'),
  pure('uplift'),
  pure('language'),
  pure('drift'),
  pure('report', ['zod', 'echarts']),
  busy('tasks'),
  busy('store', ['zod', 'yazl', 'yauzl', 'kysely', 'pg']),
  busy('registry', ['zod', 'kysely']),
  busy('tracking'),
  busy('serving', ['zod', 'ajv', 'kysely']),
  busy('retention'),
  busy('monitoring'),
  busy('workflows'),
  busy('catalogue.ts', []),
  busy('project-text.ts', ['yaml']),
  busy('project-file.ts', ['zod']),
  busy('project-schema.ts'),
  busy('new-project.ts', ['yaml']),
  busy('database.ts', []),
  busy('adapters'),
  busy('app.ts'),
  busy('library.ts'),
  busy('library-checks.ts', []),
  busy('api', ['zod', 'fastify', '@fastify/swagger-ui', 'pino', 'prom-client']),
  busy('cli', ['commander']),
];
