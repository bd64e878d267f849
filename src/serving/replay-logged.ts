/**
 * Scores logged rows again, by the model file that answered them, and compares to the last bit: was this score
 * really this model's, of these values?
 *
 * Impossible where the values are gone (erased, or past their time), where the contract keeps one that the model
 * uses out of the log, or where the model file is gone. O(rows), a model file read once.
 */
import { listNames, printable } from '../base/text.ts';
import { unloggedColumns } from '../data/logged-columns.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import { replayScores } from '../registry/replay.ts';
import type { LoadedModel } from '../tasks/ports.ts';
import type { RawCustomer } from './customer-reader.ts';
import { type LiveModel, liveModel } from './live-model.ts';
import type { LoggedRow } from './log/find-logged.ts';

export interface Replayed {
  readonly requestId: string;
  readonly index: number;
  readonly slot: string;
  readonly source: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly model: { readonly id: string; readonly label: string };
  /** `equal`: the same bits again. `impossible`: it can't be told, see `reason`. */
  readonly outcome: 'equal' | 'different' | 'impossible';
  readonly logged: number | null;
  readonly again: number | null;
  /** Why it is not equal; null when it is. */
  readonly reason: string | null;
}

export interface ReplayPorts {
  readonly catalogue: Catalogue;
  /** The model of this id, with every check that loading has; null where there is none. */
  load(modelId: string): Promise<LoadedModel | null>;
}

export async function replayLogged(rows: readonly LoggedRow[], ports: ReplayPorts): Promise<Replayed[]> {
  const models = new Map<string, LiveModel | null>();
  const modelOf = async (id: string): Promise<LiveModel | null> => {
    const known = models.get(id);
    if (known !== undefined) return known;
    const loaded = await ports.load(id);
    const model = loaded && liveModel(loaded, null, ports.catalogue);
    models.set(id, model);
    return model;
  };
  const replayed: Replayed[] = [];
  for (const row of rows) {
    const { requestId, index, slot, source, at, modelId, modelLabel, score } = row;
    const told = replayOne(row, await modelOf(modelId), ports.catalogue);
    const model = { id: modelId, label: modelLabel };
    replayed.push({ requestId, index, slot, source, at, model, logged: score, ...told });
  }
  return replayed;
}

type Told = Pick<Replayed, 'outcome' | 'again' | 'reason'>;

const impossible = (reason: string): Told => ({ outcome: 'impossible', again: null, reason });

function replayOne(row: LoggedRow, model: LiveModel | null, catalogue: Catalogue): Told {
  if (row.score === null) return impossible('no score was logged');
  if (model === null) return impossible('its model is neither registered nor kept here');
  const { contract } = model.loaded.manifest;
  const unlogged = unloggedColumns(contract);
  if (unlogged.length > 0)
    return impossible(
      `the contract keeps ${listNames(unlogged.map(printable))} out of the log (log: never), and the model uses ${unlogged.length === 1 ? 'it' : 'them'}`,
    );
  if (row.input === null)
    return impossible('its values are no longer in the log: erased, or past their time');
  const customer = JSON.parse(row.input) as RawCustomer;
  const table = model.reader.read([customer]);
  const { equal } = replayScores(model.loaded, table, Float64Array.of(row.score), catalogue);
  const again = model.answer([customer])[0]!.churnProbability;
  return equal === 1
    ? { outcome: 'equal', again, reason: null }
    : { outcome: 'different', again, reason: 'the model gives these values another score than was logged' };
}
