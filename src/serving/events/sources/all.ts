/** Everything that events are read from. */
import type { EventSource } from '../event.ts';
import { jobs } from './jobs.ts';
import { predictions } from './predictions.ts';
import { registry } from './registry.ts';

export const eventSources: readonly EventSource[] = [registry, predictions, jobs];
