/**
 * Watches the newest slot and sends it back when it passes its limits: a canary ends, a new champion gives way to the
 * one before. Each process judges what it answered itself; whoever sees the fault first acts, once.
 */
import type { Clock } from '../../base/clock.ts';
import { HoldfastError } from '../../base/errors.ts';
import type { Database } from '../../store/database/database.ts';
import { changeDeployment } from './deployment.ts';
import { type Judgement, judgeSlot, type WatchLimits } from './judge-slot.ts';
import type { DeploymentFollower, LiveDeployment } from './live-deployment.ts';
import { rollBackChampion } from './move-champion.ts';
import { type SlotMeasures, type SlotWindow, slotWindow } from './slot-window.ts';

export interface SlotWatch {
  answered(modelId: string, latencyMs: number, score: number): void;
  failed(modelId: string): void;
  /** Tell when what answers has changed. */
  switched(now: LiveDeployment, before: LiveDeployment | null): void;
  /** Judges now; what was sent back, or null. */
  look(): Promise<SentBack | null>;
  /** What this process has seen of a model within the window. */
  measures(modelId: string): SlotMeasures;
}

export interface SentBack extends Judgement {
  readonly what: 'canary' | 'champion';
  readonly model: string;
  readonly version: number | null;
}

/** Who acts where nobody did, as the history names it. */
export const watchActor = 'holdfast:watch';

export function watchSlots(
  database: Database,
  follower: Pick<DeploymentFollower, 'current' | 'refresh'>,
  clock: Clock,
): SlotWatch {
  let windows = new Map<string, SlotWindow>();
  /** The champion that answered before the present one, while that is on trial. */
  let predecessor: { readonly modelId: string; readonly window: SlotWindow; readonly since: number } | null =
    null;
  const limitsNow = (): WatchLimits | null => follower.current?.deployment?.limits ?? null;
  const windowOf = (modelId: string): SlotWindow => {
    let window = windows.get(modelId);
    if (!window) {
      window = slotWindow((limitsNow()?.windowSeconds ?? 60) * 1000);
      windows.set(modelId, window);
    }
    return window;
  };

  const sendBack = async (
    what: SentBack['what'],
    now: LiveDeployment,
    judged: Judgement,
  ): Promise<SentBack | null> => {
    const { name } = now.live;
    const note = `sent back by itself: ${breachWords(judged)} allowed`;
    const by = { actor: watchActor, now: clock.now() };
    const { version } = what === 'canary' ? now.canary!.model : now.live;
    try {
      if (what === 'canary')
        await changeDeployment(database, name, { canary: null, note }, by, now.deployment!.seq);
      else await rollBackChampion(database, name, by, { note, ...(version !== null && { from: version }) });
    } catch (error) {
      // Another process was quicker, or there is nothing to go back to.
      if (error instanceof HoldfastError && error.kind === 'ConflictError') return null;
      throw error;
    }
    await follower.refresh();
    return { ...judged, what, model: name, version };
  };

  return {
    answered: (modelId, latencyMs, score) => windowOf(modelId).answered(clock.now(), latencyMs, score),
    failed: (modelId) => windowOf(modelId).failed(clock.now()),
    measures: (modelId) => windowOf(modelId).measures(clock.now()),
    switched(now, before) {
      if (before && before.live.id !== now.live.id) {
        // Who was sent back to is not on trial: it would be left for one still older.
        predecessor = now.isReturn
          ? null
          : { modelId: before.live.id, window: windowOf(before.live.id), since: clock.now() };
      }
      const kept = [now.live.id, now.canary?.model.id];
      const isAsLong = before?.deployment?.limits.windowSeconds === now.deployment?.limits.windowSeconds;
      windows = new Map([...windows].filter(([id]) => isAsLong && kept.includes(id)));
    },
    async look() {
      const now = follower.current;
      const limits = limitsNow();
      if (!now || !limits) return null;
      const moment = clock.now();
      if (now.canary) {
        const judged = judgeSlot(
          windowOf(now.canary.model.id).measures(moment),
          windowOf(now.live.id).measures(moment),
          limits,
        );
        if (judged) return sendBack('canary', now, judged);
      }
      if (!predecessor) return null;
      if (moment - predecessor.since > limits.windowSeconds * 1000) {
        predecessor = null;
        return null;
      }
      const judged = judgeSlot(
        windowOf(now.live.id).measures(moment),
        // As it was when it was replaced.
        predecessor.window.measures(predecessor.since),
        limits,
      );
      if (!judged) return null;
      const back = await sendBack('champion', now, judged);
      // Where the database did not answer, the next look tries again.
      predecessor = null;
      return back;
    },
  };
}

function breachWords({ breach, value, limit }: Judgement): string {
  const percent = (share: number): string => `${Number((100 * share).toFixed(2))}%`;
  switch (breach) {
    case 'error-rate':
      return `error rate ${percent(value)}, at most ${percent(limit)}`;
    case 'latency':
      return `95th percentile ${Math.ceil(value)} ms, at most ${limit} ms`;
    case 'score-shift':
      return `score shift ${value.toFixed(2)} (PSI), at most ${limit}`;
  }
}
