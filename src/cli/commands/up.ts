/** `holdfast up`: everything that serves, in one process. */
import { defineCommand } from '../command.ts';
import { runServer } from '../run-server.ts';
import { hostAndPort, serverWords } from '../server-options.ts';

export const up = defineCommand({
  id: 'up',
  group: 'Use a model',
  summary: 'start all that serves, in one process',
  args: [],
  options: [...hostAndPort],
  examples: ['holdfast up', 'holdfast up --port 9000'],
  run: (call) =>
    runServer(call, serverWords('up', call), (url) => [
      `  ${url}/docs     every route, to try in the browser`,
      `  ${url}/metrics  for Prometheus`,
      `  ${url}/ready    for load balancers`,
    ]),
});
