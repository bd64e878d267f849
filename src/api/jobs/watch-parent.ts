/** A thread that ends the process of a job when the server has died, however busy the work keeps the process. */
import { workerData } from 'node:worker_threads';

const { parent } = workerData as { readonly parent: number };
const lookEveryMs = 500;
/** What hears by itself that the server is gone ends within this. */
const graceMs = 2000;

const timer = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs);
}, lookEveryMs);
