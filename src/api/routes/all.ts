/** Every route of the API. */
import type { Route } from '../route.ts';
import { health } from './health.ts';
import { predict } from './predict.ts';
import { predictMany } from './predict-many.ts';
import { ready } from './ready.ts';

export const allRoutes: readonly Route[] = [health, ready, predict, predictMany];
