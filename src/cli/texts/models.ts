/** What a person reads of registered versions. */
import { countOf, printable } from '../../base/text.ts';
import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { type ModelVersion, type VersionKey, versionName } from '../../registry/model-version.ts';
import type { Promotion, Rollback } from '../../registry/promote.ts';
import type { RegistryCheck } from '../../registry/verify.ts';
import { fixed, formatInterval, formatTable, programName, shellWord, shownPath } from '../format.ts';

/** `2026-03-01 12:05:09 UTC` */
export const shownTime = (moment: number): string =>
  `${new Date(moment).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

const gateWord = ({ passed }: ModelVersion): string => (passed ? 'passed' : 'refused');

export function versionListText(versions: readonly ModelVersion[]): string {
  if (versions.length === 0)
    return `No version yet: ${programName()} train registers what it trains, ${programName()} models register FILE a kept model.`;
  return formatTable(
    ['version', 'stage', 'aliases', 'gate', 'ROC-AUC', '95% interval', 'label', 'registered', 'by'],
    versions.map((version) => [
      versionName(version),
      version.stage === 'None' ? '' : version.stage,
      version.aliases.join(', '),
      gateWord(version),
      fixed(version.metrics.rocAuc.value, 3),
      formatInterval(version.metrics.rocAuc),
      version.label,
      shownTime(version.registeredAt),
      version.registeredBy,
    ]),
    [4],
  );
}

export function versionText(version: ModelVersion): string {
  const { signature, metrics, tags, approvals } = version;
  const lines: (readonly [string, string])[] = [
    ['Label', version.label],
    ['Id', version.modelId],
    ['Stage', version.stage],
    ['Aliases', version.aliases.join(', ') || 'none'],
    ['Gate', gateWord(version)],
    ['Trained', shownTime(version.createdAt)],
    ['Registered', `${shownTime(version.registeredAt)} by ${version.registeredBy}`],
    ...(version.author === null ? [] : [['Author', version.author] as const]),
    ...(version.description === null ? [] : [['About', version.description] as const]),
    ...Object.entries(tags).map(([name, value]) => ['Tag', `${name} = ${value}`] as const),
    ['Four eyes', version.fourEyes ? 'another person must approve it' : 'not asked for by its project'],
    ...approvals.map(({ actor, at, note }) => ['Approved', `${shownTime(at)} by ${actor}: ${note}`] as const),
    ['File', `${version.fileSha256.slice(0, 12)}..., ${countOf(version.fileBytes, 'byte')}`],
  ];
  return [
    `${versionName(version)}`,
    ...lines.map(([name, value]) => `  ${name.padEnd(10)}  ${clean(value)}`),
    `Hold-out, ${countOf(metrics.rows, 'customer')}:`,
    formatTable(
      ['metric', 'value', '95% interval'],
      coreMetrics.map(({ title, jsonKey }) => [
        title,
        fixed(metrics[jsonKey].value, 3),
        formatInterval(metrics[jsonKey]),
      ]),
      [1],
    ),
    `Takes ${countOf(signature.inputs.length, 'column')}, answers churnProbability from 0 to 1, churn from ${fixed(signature.output.threshold, 3)} on:`,
    formatTable(
      ['column', 'kind', 'unit', 'may be missing', 'levels', 'range'],
      signature.inputs.map(({ name, kind, unit, nullable, levels, min, max }) => [
        name,
        kind,
        unit ?? '',
        nullable ? 'yes' : '',
        levels === null ? '' : String(levels.length),
        rangeText(min, max),
      ]),
      [4],
    ),
  ].join('\n');
}

/** Texts of people: lines stay together, and nothing steers the terminal. */
export const clean = (text: string): string => text.replace(/\s*\n\s*/g, ' / ').replace(/\p{Cc}/gu, '?');

function rangeText(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `from ${min}`;
  return max === null ? '' : `to ${max}`;
}

export const registeredText = (version: ModelVersion, isNew: boolean): string =>
  isNew
    ? `Registered as ${versionName(version)} (${version.label}).`
    : `Already registered as ${versionName(version)} (${version.label}); nothing was changed.`;

export function promotedText({ version, before, forced }: Promotion): string {
  if (before === version.version) return `${versionName(version)} was champion already.`;
  return [
    `${versionName(version)} is champion now${before === null ? '' : `, ${version.name}@${before} was before`}.`,
    ...(forced ? ['Its gate had refused it: the history says so, with the note.'] : []),
    ...(before === null ? [] : [`Back with: ${programName()} models rollback ${shellWord(version.name)}`]),
  ].join('\n');
}

export const rolledBackText = ({ version, before }: Rollback): string =>
  `${versionName(version)} is champion again, ${version.name}@${before} is archived.`;

export const approvedText = (version: ModelVersion): string =>
  `${versionName(version)} is approved by ${version.approvals.map(({ actor }) => actor).join(', ')}.`;

export const aliasSetText = (alias: string, version: ModelVersion, before: number | null): string =>
  before === version.version
    ? `${alias} pointed at ${versionName(version)} already.`
    : `${alias} points at ${versionName(version)} now${before === null ? '' : `, before at ${version.name}@${before}`}.`;

export const aliasRemovedText = (alias: string, key: VersionKey): string =>
  `${alias} is taken from ${versionName(key)}.`;

export const stageText = (version: ModelVersion): string =>
  `${versionName(version)} is in stage ${version.stage}.`;

export const exportedText = (version: ModelVersion, path: string, bytes: number): string =>
  `${versionName(version)} with its history is in ${shownPath(path)}, ${countOf(bytes, 'byte')}.`;

export const importedText = (version: ModelVersion, isNew: boolean): string =>
  isNew
    ? `Imported as ${versionName(version)} (${version.label}); approvals, aliases and stage stay where it came from.`
    : `Already here as ${versionName(version)} (${version.label}); nothing was changed.`;

export function verifyText({ ok, versions, history }: RegistryCheck): string {
  const { entries, brokenAt } = history;
  return [
    ok ? 'All as it was registered.' : 'Something was altered or is missing.',
    ...versions.map(
      (version) =>
        `  ${version.ok ? 'yes' : 'NO '}  ${printable(versionName(version))}: ${version.ok ? 'whole, golden scores reproduced' : `${version.message} [${version.code}]`}`,
    ),
    `  ${brokenAt === null ? 'yes' : 'NO '}  history: ${brokenAt === null ? `${countOf(entries, 'entry', 'entries')}, each bound to the one before` : `entry ${brokenAt} does not fit the one before; restore a backup`}`,
  ].join('\n');
}
