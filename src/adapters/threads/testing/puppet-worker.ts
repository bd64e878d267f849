/** A worker that knows only the puppet. */
import { parentPort } from 'node:worker_threads';
import { serveJobs } from '../serve-jobs.ts';
import { puppetCatalogue } from './definitions.ts';

serveJobs(parentPort!, puppetCatalogue);
