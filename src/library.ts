/**
 * What `import { ... } from 'holdfast'` gives: the tasks behind the commands as functions, the definers of models and
 * steps, tables and errors. What is listed here keeps its meaning within a major version; other files are not reachable.
 *
 * `docs/how-to/library.md` shows it at work.
 */

/** The schema library that parameters are declared with: definitions and Holdfast must share one copy. */
export { z } from 'zod';
export { serveFits } from './adapters/threads/serve-fits.ts';
// The wiring.
export { type App, type AppOptions, openApp } from './app.ts';
// Ports and plain things.
export type { Clock } from './base/clock.ts';
export {
  ColumnError,
  ConflictError,
  ContractError,
  DataError,
  type ErrorCode,
  type ErrorFields,
  errorCatalogue,
  HoldfastError,
  ModelFileError,
  NotFoundError,
  ParamError,
  UnavailableError,
} from './base/errors.ts';
export type { Plain } from './base/plain.ts';
export { createRandom, type Random } from './base/random.ts';
export { catalogue } from './catalogue.ts';
// Data.
export type { ColumnContract, Contract } from './data/contract.ts';
export type { ColumnProfile } from './data/profile.ts';
export type { ReadColumn, ReadResult, Source, SourceColumn } from './data/source.ts';
export { openSource } from './data/sources/open.ts';
export { writeTable } from './data/sources/write-table.ts';
// The grammar of models and steps.
export { type Catalogue, createCatalogue } from './learn/catalogue.ts';
export type { Context, Note } from './learn/context.ts';
export {
  type ClassifierDefinition,
  type ClassifierSpec,
  type Contributions,
  defineClassifier,
  defineTransformer,
  type Estimator,
  type FittedClassifier,
  type FittedTransformer,
  type OutputColumn,
  type TransformerDefinition,
  type TransformerSpec,
} from './learn/definition.ts';
export { contributions, describe, fitClassifier, fitTransformer, score, transform } from './learn/fit.ts';
// The project file.
export { projectNameOf, type Remark, writeProject } from './new-project.ts';
export { type Project, parseProject, readProject, trainSpecOf } from './project-file.ts';
export {
  booleanColumn,
  type CategoryColumn,
  type Column,
  type ColumnKind,
  categoryColumn,
  isMissing,
  numberColumn,
  textColumn,
  timeColumn,
  valueAt,
} from './table/column.ts';
export { createDataset, type Dataset } from './table/dataset.ts';
export { columnNames, createTable, findColumn, requireColumn, type Table } from './table/table.ts';
// The tasks.
export { compareManifests, compareModels, type ModelComparison } from './tasks/compare.ts';
export { makeContext } from './tasks/context.ts';
export { examine, type Health } from './tasks/doctor.ts';
export { drawExplanation } from './tasks/draw-explanation.ts';
export { type Evaluation, evaluateModel } from './tasks/evaluate.ts';
export { type ExplainRequest, type Explanation, explainCustomer } from './tasks/explain.ts';
export { type GeneratedFiles, generateFile } from './tasks/generate.ts';
export { type InspectReport, type InspectRequest, inspectData } from './tasks/inspect.ts';
export type { Manifest } from './tasks/manifest.ts';
export type { LoadedModel, ModelEntry, ModelStore, Progress, StoredModel, WorkPorts } from './tasks/ports.ts';
export { type Proposal, type ProposalRequest, proposeContract } from './tasks/propose-contract.ts';
export { type ReportFiles, reportFiles } from './tasks/report.ts';
export { type ScoreSummary, scoreFile } from './tasks/score.ts';
export type { ScoredRows, ScoreLog, ScoreRequest } from './tasks/score-request.ts';
export type { TrainSpec } from './tasks/train/spec.ts';
export type { TrainSummary } from './tasks/train/summary.ts';
export { trainModel } from './tasks/train.ts';
export { type Validation, validateTable } from './tasks/validate.ts';
