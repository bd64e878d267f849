/** The system's Chromium, for tests that open pages: $CHROMIUM, /usr/bin/chromium, or one on the PATH. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = ['/usr/bin', ...(environment.PATH ?? '').split(delimiter)];
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [environment.CHROMIUM, ...candidates].find((path) => path && existsSync(path));
}

/** Starts it; without one, undefined where a test may be skipped, and an error in CI, where it may not. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  if (executablePath) return chromium.launch({ executablePath, args: ['--no-sandbox'] });
  if (process.env.CI) throw new Error(`no Chromium found: ${howToInstall}`);
  return undefined;
}

export const howToInstall = 'run tools/install-chromium.sh, or set CHROMIUM to its path';
