/** What each worker thread runs. It knows every definition by itself: code does not travel between threads. */
import { parentPort } from 'node:worker_threads';
import { catalogue } from '../../catalogue.ts';
import { serveJobs } from './serve-jobs.ts';

serveJobs(parentPort!, catalogue);
