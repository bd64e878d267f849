/** Of versions that answer or score along: which can't be proven later from the log, in words for a person. */
import { type ModelVersion, versionName } from '../../registry/model-version.ts';
import { replayRemark } from '../../registry/replay-remark.ts';
import type { EarlierModels } from '../earlier-models.ts';

/** One sentence for each version that has something to say; of one whose model can't be opened nothing is said. */
export type ReplayRemarks = (versions: readonly ModelVersion[]) => Promise<readonly string[]>;

/** Each model is opened once: what it says never changes. */
export function rememberReplayRemarks(earlierModel: EarlierModels): ReplayRemarks {
  const known = new Map<string, string | null>();
  const remarkOf = async (modelId: string): Promise<string | null> => {
    const before = known.get(modelId);
    if (before !== undefined) return before;
    // Who looks at deployments must see them also where a file is lost or the store away.
    const model = await earlierModel(modelId).catch(() => null);
    if (!model) return null;
    const remark = replayRemark(model.loaded.manifest.contract);
    known.set(modelId, remark);
    return remark;
  };
  return async (versions) => {
    const remarks: string[] = [];
    for (const version of versions) {
      const remark = await remarkOf(version.modelId);
      if (remark !== null) remarks.push(`${versionName(version)}: ${remark}`);
    }
    return remarks;
  };
}
