/**
 * schemathesis against a served model: requests drawn from `/openapi.json`, valid and not, and every check of its own. What
 * is left out, and why, stands in `tools/schemathesis/schemathesis.toml`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData } from '../../../tools/shared-data.ts';
import type { Place } from './holdfast.ts';
import { runPython, toolFolder } from './python-tools.ts';
import { must, type ServedPlace, trainOne, trainReady } from './served-place.ts';

export interface SchemaRun {
  /** Requests that were sent and looked at. */
  readonly cases: number;
  readonly failures: number;
  readonly errors: number;
  readonly operations: { readonly total: number; readonly selected: number; readonly tested: number };
  /** What schemathesis says of failures, each with a curl command that repeats it. */
  readonly told: string;
  readonly exit: number;
}

export interface SchemaWish {
  readonly phases: readonly ('examples' | 'coverage' | 'fuzzing')[];
  /** Of each operation, where cases are drawn. */
  readonly examples: number;
  readonly seed: number;
  readonly withinMs: number;
}

interface Report {
  readonly operations: { readonly total: number; readonly selected: number; readonly tested: number };
  readonly test_cases: {
    readonly generated: number;
    readonly with_failures: number;
    readonly without_checks: number;
    readonly errored: number;
  };
}

export async function runSchemathesis({ url, key }: ServedPlace, wish: SchemaWish): Promise<SchemaRun> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-schemathesis-'));
  try {
    const { exit, stdout, stderr } = await runPython(
      'schemathesis',
      [
        ...['-m', 'schemathesis.cli', '--config-file', join(toolFolder('schemathesis'), 'schemathesis.toml')],
        ...['run', `${url}/openapi.json`, '--phases', wish.phases.join(',')],
        ...['--max-examples', String(wish.examples), '--seed', String(wish.seed)],
        ...[
          '--continue-on-failure',
          '--no-color',
          '--generation-database',
          'none',
          '--request-timeout',
          '30',
        ],
        ...['--report', 'json', '--report-dir', folder],
        ...(key === null ? [] : ['--header', `Authorization: Bearer ${key}`]),
      ],
      {
        env: { SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: toolFolder('schemathesis') },
        withinMs: wish.withinMs,
      },
    );
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.json'));
    if (file === undefined) throw new Error(`schemathesis wrote no report:\n${stdout}\n${stderr}`);
    const { operations, test_cases: cases } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Report;
    return {
      cases: cases.generated - cases.without_checks,
      failures: cases.with_failures,
      errors: cases.errored,
      operations,
      told: stdout.slice(Math.max(0, stdout.search(/=+ (?:ERRORS|FAILURES) =+/))),
      exit,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Three models that have little in common: what they take, how they were made, who may ask, where their log is. */
export interface DeployedKind {
  readonly name: string;
  readonly prepare: (place: Place) => Promise<void>;
  readonly hasKeys: boolean;
  readonly engine: 'sqlite' | 'postgres';
}

const balanced = 'logistic-regression: { l2: 1, classWeight: balanced }';

export const deployedKinds: readonly DeployedKind[] = [
  {
    name: 'telco, logistic regression, without keys',
    prepare: overTable('telco.csv', 'Churn', 'Yes', 'logistic-regression'),
    hasKeys: false,
    engine: 'sqlite',
  },
  {
    name: 'bank, gradient boosting, with keys, on PostgreSQL',
    prepare: overTable('bank.csv', 'Exited', '1', 'gradient-boosting'),
    hasKeys: true,
    engine: 'postgres',
  },
  {
    name: 'retail, raw dates, with keys',
    prepare: (place) => {
      const table = sharedData('storedata_total.csv');
      return table === undefined
        ? overGenerated('gradient-boosting')(place)
        : trainReady('store-three-families.yaml', table, balanced)(place);
    },
    hasKeys: true,
    engine: 'sqlite',
  },
];

function overTable(file: string, target: string, churned: string, candidate: string) {
  return (place: Place): Promise<void> => {
    const table = sharedData(file);
    return table === undefined
      ? overGenerated(candidate)(place)
      : trainOne(table, target, churned, candidate)(place);
  };
}

/** Where the public tables are not at hand. */
function overGenerated(candidate: string) {
  return async (place: Place): Promise<void> => {
    await must(place, 'generate', 'customers.csv', '--rows', '600');
    await trainOne('customers.csv', 'churned', 'yes', candidate)(place);
  };
}
