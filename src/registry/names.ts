/** Names in the registry: aliases, and the ways in which people name a version. */
import { ParamError } from '../base/errors.ts';
import { printable } from '../base/text.ts';

/** The alias of the version that answers. */
export const champion = 'champion';

/** How a person named a version. `name: null` = whatever name has it. */
export type VersionReference =
  | { readonly by: 'version'; readonly name: string | null; readonly version: number }
  | { readonly by: 'alias'; readonly name: string | null; readonly alias: string }
  | { readonly by: 'latest'; readonly name: string | null }
  | { readonly by: 'label-or-id'; readonly text: string };

const aliasPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Could be taken for the newest, for a version, or for an id or the beginning of one. */
const reserved = /^(?:latest|v\d+|[0-9a-f]{4,}|[0-9a-f]{8}(?:-[0-9a-f]+)+)$/;

export const isAlias = (text: string): boolean =>
  aliasPattern.test(text) && text.length <= 63 && !reserved.test(text);

/** Throws `usage.argument` where a word can be no alias. */
export function checkAlias(alias: string): string {
  if (isAlias(alias)) return alias;
  throw new ParamError(
    'usage.argument',
    `models: an alias is lower-case letters and digits in words joined by hyphens, at most 63, and neither latest, v1 nor like an id; got ${printable(alias)}`,
    { option: 'alias' },
  );
}

/** Reads `telco@3`, `telco@v3`, `telco@champion`, `telco@latest`, `champion`, `latest`, `3`, a label or an id. */
export function parseReference(text: string): VersionReference {
  const at = text.lastIndexOf('@');
  if (at === 0) return { by: 'label-or-id', text };
  const name = at < 0 ? null : text.slice(0, at);
  const of = text.slice(at + 1);
  if (of === 'latest') return { by: 'latest', name };
  const version = /^v?([1-9]\d{0,8})$/.exec(of)?.[1];
  // Eight digits alone are the beginning of a label or of an id.
  if (version !== undefined && (name !== null || version.length < 4))
    return { by: 'version', name, version: Number(version) };
  if (isAlias(of)) return { by: 'alias', name, alias: of };
  return { by: 'label-or-id', text };
}
