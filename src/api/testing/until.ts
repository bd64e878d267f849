/** Waits for what another process or a timer brings about: a generous limit, and no guess how long it takes. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export async function until(
  holds: () => Promise<boolean>,
  otherwise: string,
  limitMs = 60_000,
): Promise<void> {
  const giveUpMs = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > giveUpMs) assert.fail(otherwise);
    await pause(20);
  }
}
