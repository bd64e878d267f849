/** Runs a kind of job here, in a workspace of its own, with paths as the process of a job would see them. */
import { join } from 'node:path';
import type { Plain } from '../../base/plain.ts';
import { checkPaths } from '../jobs/check-paths.ts';
import type { JobKind } from '../jobs/job-kind.ts';
import { type TrainedWorkspace, trainedWorkspace } from './served.ts';

/** `args` gets the place of a file of the workspace. */
export async function withKind(
  kind: JobKind,
  work: (
    run: <Result>(args: { readonly [name: string]: Plain }) => Promise<Result>,
    place: (name: string) => string,
    workspace: TrainedWorkspace,
  ) => Promise<void>,
): Promise<void> {
  await using workspace = await trainedWorkspace();
  const run = async <Result>(args: { readonly [name: string]: Plain }): Promise<Result> => {
    const job = kind.prepare(args);
    checkPaths(job.paths, workspace.app.workspace);
    // What is kept is JSON.
    return JSON.parse(JSON.stringify(await job.run(workspace.app))) as Result;
  };
  await work(run, (name) => join(workspace.folder, name), workspace);
}
