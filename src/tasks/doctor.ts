/** Looks after the house: can everything that Holdfast needs be used, and is every kept model whole? */
import { DataError, HoldfastError } from '../base/errors.ts';
import { countOf } from '../base/text.ts';
import { openEngine } from '../data/sources/duckdb.ts';
import type { Identity, ModelStore } from './ports.ts';

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Health {
  readonly healthy: boolean;
  readonly checks: readonly HealthCheck[];
}

export interface DoctorPorts {
  readonly identity: Identity;
  readonly models: ModelStore;
}

export async function examine(ports: DoctorPorts): Promise<Health> {
  const { versions, machine } = ports.identity;
  const checks: HealthCheck[] = [
    {
      name: 'holdfast',
      ok: true,
      detail: `${versions.holdfast} on Node ${versions.node}, ${machine.platform} ${machine.arch}, ${countOf(machine.cpus, 'core')}`,
    },
    await checked('data engine', async () => {
      const engine = await openEngine(
        'doctor',
        () =>
          new DataError('data.unreadable', 'doctor: the data engine does not answer; install Holdfast again'),
      );
      await engine.close();
      return 'answers';
    }),
    await checked('workspace', async () => {
      const { folder, exists } = await ports.models.place();
      return exists ? ports.models.probe() : `${folder}, made when the first model is saved`;
    }),
  ];
  const models = await ports.models.list();
  if (models.length === 0)
    checks.push({ name: 'models', ok: true, detail: 'none yet; run holdfast train to make one' });
  for (const model of models) {
    checks.push(
      await checked(`model ${model.name} ${model.label}`, async () => {
        await ports.models.load(model.path);
        return `whole, golden scores reproduced${model.passed ? '' : '; refused by its gate'}`;
      }),
    );
  }
  return { healthy: checks.every(({ ok }) => ok), checks };
}

async function checked(name: string, look: () => Promise<string>): Promise<HealthCheck> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    return { name, ok: false, detail: `${thrown.message} [${thrown.code}]` };
  }
}
