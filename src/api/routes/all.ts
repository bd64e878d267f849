/** Every route of the API. */
import type { Route } from '../route.ts';
import { counterfactual } from './counterfactual.ts';
import { deployment } from './deployment.ts';
import { deploymentCanary } from './deployment-canary.ts';
import { deploymentCanaryEnd } from './deployment-canary-end.ts';
import { deploymentPromote } from './deployment-promote.ts';
import { deploymentRollback } from './deployment-rollback.ts';
import { deploymentShadow } from './deployment-shadow.ts';
import { deploymentShadowEnd } from './deployment-shadow-end.ts';
import { deployments } from './deployments.ts';
import { docs } from './docs.ts';
import { docsFile } from './docs-file.ts';
import { events } from './events.ts';
import { explain } from './explain.ts';
import { health } from './health.ts';
import { home } from './home.ts';
import { inferenceInfer } from './inference-infer.ts';
import { inferenceLive } from './inference-live.ts';
import { inferenceModel } from './inference-model.ts';
import { inferenceModelReady } from './inference-model-ready.ts';
import { inferenceReady } from './inference-ready.ts';
import { inferenceServer } from './inference-server.ts';
import { invocations } from './invocations.ts';
import { job } from './job.ts';
import { jobCancel } from './job-cancel.ts';
import { jobSubmit } from './job-submit.ts';
import { jobs } from './jobs.ts';
import { metrics } from './metrics.ts';
import { model } from './model.ts';
import { modelApprove } from './model-approve.ts';
import { modelCurves } from './model-curves.ts';
import { modelImportance } from './model-importance.ts';
import { modelReport } from './model-report.ts';
import { models } from './models.ts';
import { openapi } from './openapi.ts';
import { outcomes } from './outcomes.ts';
import { ping } from './ping.ts';
import { predict } from './predict.ts';
import { predictMany } from './predict-many.ts';
import { predictStream } from './predict-stream.ts';
import { predictions } from './predictions.ts';
import { ready } from './ready.ts';
import { whatIf } from './what-if.ts';

export const allRoutes: readonly Route[] = [
  health,
  ready,
  ping,
  openapi,
  home,
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
  outcomes,
  models,
  model,
  modelReport,
  modelImportance,
  modelCurves,
  modelApprove,
  deployments,
  deployment,
  deploymentCanary,
  deploymentCanaryEnd,
  deploymentShadow,
  deploymentShadowEnd,
  deploymentPromote,
  deploymentRollback,
  events,
  jobSubmit,
  jobs,
  job,
  jobCancel,
  invocations,
  inferenceServer,
  inferenceLive,
  inferenceReady,
  inferenceModel,
  inferenceModelReady,
  inferenceInfer,
];
