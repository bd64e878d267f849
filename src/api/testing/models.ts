/** What the routes about models are asked, and what the model files say. */
import { trainingFactsOf } from '../../tasks/train/figures.ts';
import type { ServedWorkspace } from './served.ts';

/** GET below `/v1/models`. */
export async function getModels<Body = Record<string, unknown>>({ server }: ServedWorkspace, path: string) {
  const response = await fetch(`${server.url}/v1/models${path}`);
  return { status: response.status, body: (await response.json()) as Body };
}

/** What the model file tells, as JSON has it. */
export async function factsOf({ app }: ServedWorkspace, reference: string) {
  const { manifest } = await app.models.load(reference);
  const facts = trainingFactsOf(manifest)!;
  return { id: manifest.model.id, facts: JSON.parse(JSON.stringify(facts)) as typeof facts };
}
