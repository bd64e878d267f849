/** What a person reads of the health of an installation. */
import type { Health } from '../../tasks/doctor.ts';

export function doctorText({ healthy, checks }: Health): string {
  return [
    healthy ? 'All in order.' : 'Something needs attention.',
    ...checks.map(({ ok, name, detail }) => `  ${ok ? 'yes' : 'NO '}  ${name}: ${detail}`),
  ].join('\n');
}
