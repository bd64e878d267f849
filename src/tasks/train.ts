/**
 * Training, whole: a customer table becomes a chosen, judged, explained and saved model.
 *
 * Folds run on the training part; the winner is refitted on the training part; calibration, threshold and gap use the
 * validation part; the hold-out is scored once. All randomness forks by name from one seed.
 */
import { HoldfastError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { countOf, listNames, printable } from '../base/text.ts';
import type { Finding as Inspected } from '../data/inspect/definition.ts';
import { withoutMadeColumns } from '../data/inspect/event-findings.ts';
import { inspectTable } from '../data/inspect/inspect-table.ts';
import { prepareInspection } from '../data/inspect/prepare.ts';
import { type TableOverview, tableOverview } from '../data/inspect/table-overview.ts';
import { mostMeasured } from '../explain/importance.ts';
import type { Note } from '../learn/context.ts';
import { writeCard } from '../report/card.ts';
import { decisionsOf } from '../report/plain-words.ts';
import { writeTrainingReport } from '../report/training-page.ts';
import { takeDatasetRows } from '../table/dataset.ts';
import { addNote } from './context.ts';
import type { Identity, ModelRegistry, ModelStore, SearchLogs, WorkPorts } from './ports.ts';
import { calibrateModel } from './train/calibrate-model.ts';
import { crossValidateWinner } from './train/cross-validate-winner.ts';
import { developmentData } from './train/development-data.ts';
import { gatherFacts } from './train/facts.ts';
import { figuresOf } from './train/figures.ts';
import { judgeModel } from './train/judge-model.ts';
import { openSearch } from './train/open-search.ts';
import { type PreparedData, prepareData } from './train/prepare.ts';
import { refitModel } from './train/refit-model.ts';
import { draftModel } from './train/save-model.ts';
import { selectModel } from './train/select-model.ts';
import type { TrainSpec } from './train/spec.ts';
import type { Finding, TrainSummary } from './train/summary.ts';

export interface TrainPorts extends WorkPorts {
  readonly models: ModelStore;
  readonly identity: Identity;
  /** Without one a search that was killed begins anew, and none learns from earlier ones. */
  readonly searches?: SearchLogs;
  /** Without one the model is kept, but is no version of anything. */
  readonly registry?: ModelRegistry;
}

export async function trainModel(spec: TrainSpec, ports: TrainPorts): Promise<TrainSummary> {
  const startedAt = ports.clock.now();
  const { progress } = ports;
  const random = createRandom(spec.split.seed);
  const notes: Note[] = [];
  // Asked for before the work: a registry that can't be reached must not cost a training run.
  const champion = spec.gate.mustBeatChampion ? await ports.registry?.champion(spec.project) : null;

  progress.step(`Reading ${spec.data.source}`);
  const prepared = await prepareData(
    spec.project,
    spec.sourcePath,
    spec.data,
    spec.split,
    random,
    spec.clean,
    spec.folder,
  );
  for (const note of prepared.notes) addNote(notes, note);
  noteUnused(prepared, notes);
  const { findings: inspected, overview } = inspectCustomers(spec, prepared, ports);
  for (const { code, message, column, severity } of inspected)
    if (severity !== 'note') addNote(notes, { code, message, ...(column === null ? {} : { column }) });
  const { training, validation, holdout } = prepared.parts;
  const { leftOut } = prepared.parting;
  progress.step(
    `${countOf(prepared.source.rows, spec.data.events?.cutoffs ? 'row' : 'customer')}: ${training.table.rowCount} to learn from, ${validation.table.rowCount} to validate on, ${holdout.table.rowCount} held out${leftOut > 0 ? `, ${leftOut} between them left out` : ''}`,
  );

  progress.step(`Comparing candidates by ${spec.train.metric} over ${spec.train.folds} folds`);
  const search = await openSearch(spec, prepared.source.hash, ports.identity, ports.searches, ports);
  if (search.recorded.length > 0)
    progress.step(
      `Going on with a search that was interrupted: ${countOf(search.recorded.length, 'fit')} done`,
    );
  const chosen = await selectModel(spec, training, random, notes, ports, search);
  const learning = calibrateModel(spec, chosen, prepared.parts, random, notes, ports);
  const development = developmentData(spec, prepared.parts.all, chosen.fitted, random);
  const selected = await refitModel(spec, learning, development, random, notes, ports);
  for (const { column, reason } of selected.leftOut)
    addNote(notes, { code: 'column.left-out', message: `${printable(column)}: ${reason}`, column });
  const inputs = selected.fitted.inputs.length;
  if (inputs > mostMeasured) {
    addNote(notes, {
      code: 'importance.bounded',
      message: `importance is measured for the ${mostMeasured} of ${inputs} columns that move scores most`,
    });
  }

  progress.step(`Cross-validating ${selected.winner.id} once more, validation rows included`);
  const stability = await crossValidateWinner(spec, chosen, development, random, notes, ports);

  progress.step(`Judging ${selected.winner.id} on the hold-out`);
  const fits = { fitted: selected.fitted, learning: learning.fitted };
  const judgement = judgeModel(spec, fits, prepared.parts, random, ports.catalogue, champion);
  ports.signal?.throwIfAborted();

  progress.step('Explaining and saving');
  const finishedAt = ports.clock.now();
  const id = ports.identity.newId();
  const label = await ports.models.nextLabel(finishedAt);
  const created = new Date(finishedAt).toISOString();
  const run = { spec, prepared, selected, stability, judgement, notes, id, label, created };
  const facts = gatherFacts(
    spec,
    prepared,
    selected,
    stability,
    judgement,
    overview,
    notes,
    {
      id,
      label,
      created,
      holdfastVersion: ports.identity.versions.holdfast,
      wallSeconds: (finishedAt - startedAt) / 1000,
    },
    random,
    ports,
  );
  const draft = draftModel(run, random, ports.identity, ports);
  const saved = await ports.models.save({
    ...draft,
    manifest: { ...draft.manifest, figures: figuresOf(facts) },
    card: writeCard(facts),
    report: await writeTrainingReport(facts),
  });
  await search.end();
  const registered = await registerTrained(saved.file, label, ports.registry, notes);
  return {
    model: { id, label, name: spec.project, file: saved.file },
    best: { model: selected.winner.id, params: selected.winner.params },
    leaderboard: selected.leaderboard,
    search: selected.search,
    ...(stability && { stability }),
    parts: prepared.parting,
    holdout: judgement.holdout,
    threshold: judgement.threshold,
    decisions: decisionsOf(facts.confusion),
    gate: judgement.gate,
    findings: [...inspected, ...notes.filter((note) => !inspected.some(isSaid(note))).map(findingOf)],
    seconds: (ports.clock.now() - startedAt) / 1000,
    report: saved.report,
    registered,
  };
}

/** Makes the model a version. One that can't be registered is kept all the same: that is told, with what to do. */
async function registerTrained(
  file: string,
  label: string,
  registry: ModelRegistry | undefined,
  notes: Note[],
): Promise<TrainSummary['registered']> {
  if (!registry) return null;
  try {
    const { name, version } = await registry.register(file);
    return { name, version };
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    addNote(notes, {
      code: 'model.unregistered',
      message: `the model is kept but not registered: ${error.message} [${error.code}]; then run holdfast models register ${label}`,
    });
    return null;
  }
}

/** An inspection looks at so many rows at most, evenly from the file: learning is not to wait for it. */
const mostInspected = 200_000;

const everyRow = (rows: number, step: number): Int32Array =>
  Int32Array.from({ length: Math.floor(rows / step) }, (_, i) => i * step);

/** What an inspection says of the columns that are learned from, repairs done. */
function inspectCustomers(
  { data }: TrainSpec,
  { parts, outcomes }: PreparedData,
  { clock }: TrainPorts,
): { findings: readonly Inspected[]; overview: TableOverview } {
  const step = Math.ceil(parts.all.table.rowCount / mostInspected);
  const all = step > 1 ? takeDatasetRows(parts.all, everyRow(parts.all.table.rowCount, step)) : parts.all;
  const useOf = (name: string) => data.columns[name]?.use ?? 'none';
  const inspection = prepareInspection({
    columns: all.table.columns,
    labels: all.labels,
    target: data.target.column,
    outcomes,
    useOf,
    id: all.ids === null || data.id === undefined ? null : { name: data.id, values: all.ids },
    now: clock.now(),
    rowsAre: 'learned',
  });
  const findings = withoutMadeColumns(inspectTable(inspection), data);
  const isPrivate = (name: string) => useOf(name) === 'none' && data.columns[name]?.personal === true;
  return { findings, overview: tableOverview(inspection, findings, isPrivate) };
}

const isSaid =
  (note: Note) =>
  ({ message }: Inspected): boolean =>
    message === note.message;

function noteUnused({ unknownColumns }: PreparedData, notes: Note[]): void {
  if (unknownColumns.length === 0) return;
  addNote(notes, {
    code: 'column.unknown',
    message: `not in the contract, ignored: ${listNames(unknownColumns.map(printable))}`,
  });
}

const findingOf = (note: Note): Finding => ({
  code: note.code,
  severity: 'note',
  column: note.column ?? null,
  message: note.message,
  evidence: null,
});
