/** Every route of the API. */
import type { Route } from '../route.ts';
import { counterfactual } from './counterfactual.ts';
import { docs } from './docs.ts';
import { docsFile } from './docs-file.ts';
import { explain } from './explain.ts';
import { health } from './health.ts';
import { inferenceInfer } from './inference-infer.ts';
import { inferenceLive } from './inference-live.ts';
import { inferenceModel } from './inference-model.ts';
import { inferenceModelReady } from './inference-model-ready.ts';
import { inferenceReady } from './inference-ready.ts';
import { inferenceServer } from './inference-server.ts';
import { invocations } from './invocations.ts';
import { metrics } from './metrics.ts';
import { model } from './model.ts';
import { modelCurves } from './model-curves.ts';
import { modelImportance } from './model-importance.ts';
import { modelReport } from './model-report.ts';
import { models } from './models.ts';
import { openapi } from './openapi.ts';
import { predict } from './predict.ts';
import { predictMany } from './predict-many.ts';
import { predictStream } from './predict-stream.ts';
import { predictions } from './predictions.ts';
import { ready } from './ready.ts';
import { whatIf } from './what-if.ts';

export const allRoutes: readonly Route[] = [
  health,
  ready,
  openapi,
  docs,
  docsFile,
  metrics,
  predict,
  predictMany,
  predictStream,
  explain,
  whatIf,
  counterfactual,
  predictions,
  models,
  model,
  modelReport,
  modelImportance,
  modelCurves,
  invocations,
  inferenceServer,
  inferenceLive,
  inferenceReady,
  inferenceModel,
  inferenceModelReady,
  inferenceInfer,
];
