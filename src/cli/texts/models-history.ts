/** What a person reads of the history of versions. */
import type { Plain } from '../../base/plain.ts';
import type { LiveVersion } from '../../registry/live-at.ts';
import { versionName } from '../../registry/model-version.ts';
import type { RecordedEntry } from '../../store/history.ts';
import { formatTable } from '../format.ts';
import { shownTime } from './models.ts';

export function historyText(entries: readonly RecordedEntry[]): string {
  if (entries.length === 0) return 'Nothing has happened yet.';
  return formatTable(
    ['#', 'when', 'who', 'version', 'what'],
    entries.map((entry) => [
      String(entry.position),
      shownTime(entry.at),
      entry.actor,
      entry.subject.split(':').slice(1).join('@'),
      eventWords(entry),
    ]),
    [0],
  );
}

/** `now`: a moment that is still to come is told as such; both epoch milliseconds. */
export function liveText(live: readonly LiveVersion[], moment: number, now: number): string {
  if (moment > now) return `${shownTime(moment)} is still to come; as things stand now:\n${standing(live)}`;
  if (live.length === 0) return `At ${shownTime(moment)} no version was champion.`;
  return `At ${shownTime(moment)} there answered:\n${standing(live)}`;
}

const standing = (live: readonly LiveVersion[]): string =>
  live.length === 0
    ? 'no version is champion.'
    : formatTable(
        ['version', 'since', 'put there by'],
        live.map((version) => [versionName(version), shownTime(version.since), version.actor]),
      );

type Details = RecordedEntry['details'];

const text = (value: Plain | undefined): string => (typeof value === 'string' ? value : '');
const noted = ({ note }: Details): string => (text(note) === '' ? '' : `: ${text(note)}`);
const after = ({ before }: Details): string => (before === null ? '' : `, after version ${String(before)}`);

const words: Readonly<Record<string, (details: Details) => string>> = {
  'model.registered': ({ label, passed }) =>
    `registered as ${text(label)}${passed === false ? ', refused by its gate' : ''}`,
  'model.imported': ({ historyEntries }) => `imported with ${String(historyEntries)} entries of its history`,
  'model.described': () => 'description or tags changed',
  'model.approved': (details) => `approved${noted(details)}`,
  'model.promoted': (details) =>
    `promoted${details.forced === true ? ' against its gate' : ''}${after(details)}${noted(details)}`,
  'model.rolled-back': (details) => `rolled back to${after(details)}${noted(details)}`,
  'alias.set': (details) => `${text(details.alias)} points here${after(details)}`,
  'alias.rolled-back': (details) => `${text(details.alias)} points here again${after(details)}`,
  'alias.removed': ({ alias }) => `${text(alias)} taken away`,
  'stage.changed': (details) => `stage ${text(details.before)} -> ${text(details.after)}`,
};

/** An entry of a later version is told by its name. */
export const eventWords = ({ event, details }: RecordedEntry): string => words[event]?.(details) ?? event;
