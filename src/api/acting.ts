/** Who changes something over HTTP, as the history names them. */
import type { Changing } from '../registry/change.ts';
import { asksFourEyes } from '../registry/rules.ts';
import type { ApiContext, RouteCall } from './route.ts';

/** Without keys, on the machine's own address only, nobody more can be said than that it came this way. */
const withoutKey = 'api';

export const actingIn = (
  { keyId }: Pick<RouteCall, 'keyId'>,
  { clock }: Pick<ApiContext, 'clock'>,
): Changing => ({
  actor: keyId ?? withoutKey,
  now: clock.now(),
  fourEyes: asksFourEyes(process.env),
});
