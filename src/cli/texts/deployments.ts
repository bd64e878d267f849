/** What a person reads of deployments. */
import { countOf } from '../../base/text.ts';
import { type ModelVersion, versionName } from '../../registry/model-version.ts';
import type { Promotion, Rollback } from '../../registry/promote.ts';
import type { DeploymentState } from '../../serving/deployments/deployment-state.ts';
import type { SlotTraffic } from '../../serving/deployments/slot-traffic.ts';
import type { RecordedEntry } from '../../store/history.ts';
import { displayWidth, fixed, formatTable, percent, programName, shellWord } from '../format.ts';
import { clean, shownTime } from './models.ts';
import { eventWords } from './models-history.ts';

export interface ShownDeployment {
  readonly state: DeploymentState;
  readonly traffic: readonly SlotTraffic[];
}

/** Ids of the models in its slots. */
export const idsIn = (state: DeploymentState): readonly string[] =>
  slotsOf(state).map(([, { modelId }]) => modelId);

export function deploymentListText(shown: readonly ShownDeployment[]): string {
  if (shown.length === 0)
    return `No version is champion yet: ${programName()} models promote latest makes one.`;
  return shown.map(deploymentText).join('\n\n');
}

function deploymentText({ state, traffic }: ShownDeployment): string {
  const { name, champion, canary, limits, changed, lastReturn } = state;
  if (slotsOf(state).length === 0)
    return `${name}: no version is champion; ${programName()} models promote ${shellWord(`${name}@latest`)} makes one.`;
  const shares = { live: canary ? 1 - canary.share : 1, canary: canary?.share ?? 0, shadow: null };
  return [
    `${name}${champion ? `, champion since ${shownTime(champion.since)}` : ''}`,
    formatTable(
      ['slot', 'version', 'label', 'customers', 'answers', 'mean score', 'churn', 'mean ms', 'slowest ms'],
      slotsOf(state).map(([slot, version]) => {
        const share = shares[slot];
        const seen = traffic.find((one) => one.slot === slot && one.modelId === version.modelId);
        return [
          slot === 'live' ? 'champion' : slot,
          versionName(version),
          version.label,
          share === null ? 'none' : percent(share),
          String(seen?.answers ?? 0),
          ...(seen
            ? [
                fixed(seen.meanScore, 3),
                percent(seen.churnShare),
                fixed(seen.meanMs, 1),
                fixed(seen.slowestMs, 1),
              ]
            : ['', '', '', '']),
        ];
      }),
      [3, 4, 5, 6, 7, 8],
    ),
    `Answers are those of the last ${limits.windowSeconds} seconds, of all servers. ${limitsText(limits)}`,
    ...(changed ? [`Changed ${shownTime(changed.at)} by ${changed.actor}${because(changed.note)}`] : []),
    ...(lastReturn
      ? [
          `Last return: the ${lastReturn.what} ${versionName(lastReturn)}, ${shownTime(lastReturn.at)}: ${lastReturn.why}`,
        ]
      : []),
  ].join('\n');
}

export const limitsText = (limits: DeploymentState['limits']): string =>
  `A canary or new champion is sent back when of ${countOf(limits.atLeast, 'answer')} or more within ${limits.windowSeconds} seconds over ${percent(limits.errorRate)} fail, the 95th percentile passes ${limits.p95Ms} ms, or scores shift by more than ${limits.scoreShift} (PSI).`;

export function canaryText({ name, champion, canary }: DeploymentState): string {
  // Somebody else may have been quicker; what is in force is told, not what was asked for.
  if (!canary || !champion) return `${name} has no canary.`;
  return [
    `${versionName(canary.version)} answers ${percent(canary.share)} of the customers, ${versionName(champion.version)} the others.`,
    `Look with: ${programName()} deployments show ${shellWord(name)}`,
    `End it with: ${programName()} deployments stop canary ${shellWord(name)}`,
  ].join('\n');
}

export const shadowText = ({ name, shadow }: DeploymentState): string =>
  shadow
    ? `${versionName(shadow.version)} scores along as shadow: it is logged and answers nobody.`
    : `${name} has no shadow.`;

export const canaryPromotedText = ({ version, before }: Promotion): string =>
  [
    `${versionName(version)} is champion now and answers all${before === null ? '' : `, ${version.name}@${before} was before`}.`,
    `Back with: ${programName()} deployments rollback ${shellWord(version.name)}`,
  ].join('\n');

export function stoppedText(slot: 'canary' | 'shadow', before: DeploymentState): string {
  const ended = before[slot];
  if (!ended) return `${before.name} has no ${slot}; nothing was changed.`;
  return `${versionName(ended.version)} is ${slot} no longer${before.champion && slot === 'canary' ? `; ${versionName(before.champion.version)} answers all` : ''}.`;
}

export const backText = ({ version, before }: Rollback, { canary }: DeploymentState): string =>
  [
    `${versionName(version)} is champion again, ${version.name}@${before} is archived.`,
    ...(canary
      ? [
          `The canary ${versionName(canary.version)} goes on with ${percent(canary.share)}; end it with: ${programName()} deployments stop canary ${shellWord(version.name)}`,
        ]
      : []),
  ].join('\n');

export function deploymentHistoryText(entries: readonly RecordedEntry[]): string {
  if (entries.length === 0) return 'Nothing has happened yet.';
  const lines = formatTable(
    ['#', 'when', 'who', 'model'],
    entries.map(({ position, at, actor, subject }) => [
      String(position),
      shownTime(at),
      actor,
      subject.split(':').slice(1).join('@'),
    ]),
    [0],
  ).split('\n');
  const width = Math.max(...lines.map(displayWidth));
  // Reasons are told in full, however long.
  return ['what', ...entries.map(whatWords)]
    .map((what, i) => `${lines[i]!}${' '.repeat(width - displayWidth(lines[i]!))}  ${clean(what)}`)
    .join('\n');
}

const whatWords = (entry: RecordedEntry): string =>
  entry.event === 'deployment.changed' ? changeWords(entry.details) : eventWords(entry);

/** As the history keeps it. */
interface ToldSlots {
  readonly canary?: { readonly version: number; readonly share: number } | null;
  readonly shadow?: { readonly version: number } | null;
  readonly limits?: DeploymentState['limits'];
}

function changeWords(details: RecordedEntry['details']): string {
  const now = details as ToldSlots;
  const before = (details.before ?? {}) as ToldSlots;
  const words: string[] = [];
  if (now.canary?.version !== before.canary?.version || now.canary?.share !== before.canary?.share)
    words.push(
      now.canary
        ? `canary version ${now.canary.version} with ${percent(now.canary.share)}`
        : `canary version ${before.canary?.version} ended`,
    );
  if (now.shadow?.version !== before.shadow?.version)
    words.push(
      now.shadow ? `shadow version ${now.shadow.version}` : `shadow version ${before.shadow?.version} ended`,
    );
  if (now.limits) words.push('other limits');
  return `${words.join(', ')}${because(details.note)}`;
}

const because = (note: unknown): string =>
  typeof note === 'string' && note !== '' ? `: ${clean(note)}` : '';

/** With who stands in them, in the order of their weight. */
function slotsOf({ champion, canary, shadow }: DeploymentState) {
  const slots: (readonly ['live' | 'canary' | 'shadow', ModelVersion])[] = [];
  if (champion) slots.push(['live', champion.version]);
  if (canary) slots.push(['canary', canary.version]);
  if (shadow) slots.push(['shadow', shadow.version]);
  return slots;
}
