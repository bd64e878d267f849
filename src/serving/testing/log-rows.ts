/** Rows of the prediction log as tests want them. */
import type { LogEntry } from '../log/log-writer.ts';

/** One answered customer of high risk; what a test cares for can be chosen. */
export const logRow = (own: Partial<LogEntry> = {}): LogEntry => ({
  requestId: 'request',
  rowIndex: 0,
  at: 1000,
  source: 'api',
  modelId: 'some model',
  modelLabel: '20260301.nogit',
  slot: 'live',
  customerId: 'C1',
  featuresHash: null,
  score: 0.9,
  churn: true,
  band: 'high',
  certainty: 'sure',
  latencyUs: 10,
  status: 200,
  errorCode: null,
  keyId: null,
  handled: null,
  input: '{"tenure":7}',
  once: false,
  ...own,
});
