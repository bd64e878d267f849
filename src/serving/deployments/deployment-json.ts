/** A deployment as `--json` and the API give it: moments as ISO texts, versions by number, label and id. */
import type { ModelVersion } from '../../registry/model-version.ts';
import { isoTime } from '../../registry/version-json.ts';
import type { DeploymentState } from './deployment-state.ts';

export function deploymentJson(state: DeploymentState) {
  const { name, champion, canary, shadow, limits, changed, lastReturn } = state;
  return {
    name,
    champion: champion && { ...named(champion.version), since: isoTime(champion.since) },
    canary: canary && { ...named(canary.version), weight: canary.share },
    shadow: shadow && named(shadow.version),
    limits,
    changed: changed && { ...changed, at: isoTime(changed.at) },
    lastReturn: lastReturn && {
      what: lastReturn.what,
      version: lastReturn.version,
      at: isoTime(lastReturn.at),
      why: lastReturn.why,
    },
  };
}

export type DeploymentJson = ReturnType<typeof deploymentJson>;

const named = ({ version, label, modelId }: ModelVersion) => ({ version, label, modelId });
