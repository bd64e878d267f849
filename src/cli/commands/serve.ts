/** `holdfast serve`: a model behind an HTTP API whose answers are in the log. */
import { defineCommand } from '../command.ts';
import { runServer } from '../run-server.ts';
import { hostAndPort, serverWords } from '../server-options.ts';

export const serve = defineCommand({
  id: 'serve',
  group: 'Use a model',
  summary: 'answer over HTTP, with every answer in the log',
  args: [],
  options: [
    ...hostAndPort,
    {
      flags: '--model <reference>',
      about: 'champion, NAME@champion, latest, a label, an id or a file (default champion)',
    },
    {
      flags: '--rate-limit <n>',
      about: 'requests a second that one key or address may make (default 5000; 0 for no bound)',
    },
    {
      flags: '--durability <kind>',
      about: 'full: answered when it is on the disk (default); fast: answered at once, written within 50 ms',
    },
    { flags: '--workers <n>', about: 'processes that answer, best one a core (default 1)' },
  ],
  examples: [
    'holdfast serve',
    'holdfast serve --port 9000 --model telco@latest',
    'holdfast serve --workers 4',
  ],
  run: (call) => runServer(call, serverWords('serve', call)),
});
