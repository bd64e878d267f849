/** What answers customers, opened anew on request: from then on the new answers, and requests inside keep the old. */
import type { ServedModels } from './served-models.ts';

export interface ReloadableModels<Opened extends ServedModels> {
  /** Always what was opened last. */
  readonly served: ServedModels;
  readonly opened: Opened;
  /** When it can't be opened, what answered before goes on and this rejects. */
  reload(): Promise<void>;
}

export async function reloadableModels<Opened extends ServedModels>(
  open: () => Promise<Opened>,
): Promise<ReloadableModels<Opened>> {
  let current = await open();
  let isStopped = false;
  return {
    get opened() {
      return current;
    },
    served: {
      live: () => current.live(),
      placeFor: (customerId) => current.placeFor(customerId),
      get follower() {
        return current.follower;
      },
      get failure() {
        return current.failure;
      },
      get watch() {
        return current.watch;
      },
      stop() {
        isStopped = true;
        current.stop();
      },
    },
    async reload() {
      const next = await open();
      const before = current;
      if (isStopped) return next.stop();
      current = next;
      before.stop();
    },
  };
}
