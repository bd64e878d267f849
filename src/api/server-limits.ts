/** What one request may take of the server. */

/** Largest body, bytes: 10,000 customers of a few hundred columns. */
export const bodyLimit = 32 * 1024 * 1024;
/** How long a body may take to arrive. */
export const bodyWithinMs = 30_000;
/** How long the headers may take. */
export const headersWithinMs = 10_000;
/** How often slow headers are looked for. */
export const lookForSlowMs = 2_000;
/** Requests a second that one key or address may make, unless said otherwise. */
export const defaultRatePerSecond = 5_000;
/** What a request with a wrong key costs: guessing is slow, and each guess asks the database. */
export const wrongKeyCost = 100;
/** After a stop began: what is not answered by then is cut off. */
export const stopWithinMs = 8_000;
/** How long a connection may be idle while a server stops: the next request on it may be under way. */
export const idleAtStopMs = 250;
/** The same of a server that another has replaced, and how long its requests may take. */
export const idleAtLeavingMs = 2_000;
export const leaveWithinMs = 60_000;

/** Routes that machines ask all the time and that must answer while customers are refused. */
const probes: ReadonlySet<string> = new Set(['health', 'ready', 'ping', 'metrics']);
export const isProbe = (route: string): boolean => probes.has(route);

/** Values in a body with many customers: 10,000 of 500 columns. */
export const mostValuesOfCustomers = 5_000_000;
