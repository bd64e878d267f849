/** A server of jobs and events as a process of its own, so that it can be killed. Says its address on standard output. */
import { jobServer } from './job-server.ts';

const [folder, databaseUrl, mostRunning] = process.argv.slice(2);
const { url } = await jobServer({
  ...{ folder: folder!, databaseUrl: databaseUrl!, mostRunning: Number(mostRunning), leaseMs: 1500 },
});
process.stdout.write(`${url}\n`);
