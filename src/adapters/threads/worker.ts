/** What each worker thread runs. It knows every definition by itself: code does not travel between threads. */
import { catalogue } from '../../catalogue.ts';
import { serveFits } from './serve-fits.ts';

serveFits(catalogue);
