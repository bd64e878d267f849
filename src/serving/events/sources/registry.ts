/** New models and switches of what answers, from the history. Its positions are given out and seen in one order. */
import { champion } from '../../../registry/names.ts';
import { newestPosition, type RecordedEntry, readHistory } from '../../../store/history.ts';
import { defineEventSource, type SourceEvent } from '../event.ts';

const pageSize = 500;

export const registry = defineEventSource({
  id: 'registry',
  mark: 'r',
  types: [
    { type: 'model.registered', about: 'A model became the next version of its name.' },
    { type: 'deployment.switched', about: 'Other models answer, or get other shares of the customers.' },
  ],
  open: (database) => ({
    settled: () => newestPosition(database),
    async read(after, upTo) {
      const entries = await readHistory(database, { after, limit: Math.min(pageSize, upTo - after) });
      return {
        events: entries.flatMap((entry) => eventOf(entry) ?? []),
        position: entries.at(-1)?.position ?? upTo,
      };
    },
  }),
});

function eventOf(entry: RecordedEntry): SourceEvent | null {
  const { position, at, actor, event, subject, details } = entry;
  const isSwitch = event.startsWith('alias.') && details.alias === champion;
  if (event === 'model.registered') {
    const { name, version } = versionIn(subject);
    const { modelId, label, passed } = details;
    return {
      ...{ type: 'model.registered', position, at },
      models: namesIn(name, modelId, label),
      data: { model: { id: modelId, name, version, label }, passed, by: actor },
    };
  }
  if (isSwitch) {
    const { name, version } = versionIn(subject);
    return {
      ...{ type: 'deployment.switched', position, at },
      models: [name],
      data: {
        name,
        slot: 'live',
        version: event === 'alias.removed' ? null : version,
        before: details.before,
        rolledBack: event === 'alias.rolled-back',
        by: actor,
      },
    };
  }
  if (event === 'deployment.changed') {
    const name = subject.slice('deployment:'.length);
    const { canary = null, shadow = null, before = null } = details;
    return {
      ...{ type: 'deployment.switched', position, at },
      models: [name],
      data: { name, slot: 'beside', canary, shadow, before, by: actor },
    };
  }
  return null;
}

/** Of `model:telco:3`. */
function versionIn(subject: string): { readonly name: string; readonly version: number } {
  const at = subject.lastIndexOf(':');
  return { name: subject.slice('model:'.length, at), version: Number(subject.slice(at + 1)) };
}

const namesIn = (...texts: readonly unknown[]): string[] => texts.filter((text) => typeof text === 'string');
