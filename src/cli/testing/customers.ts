/** The customers of a made file as a client would send them, typed as the served description says. */
import { readFileSync } from 'node:fs';
import type { ServedPlace } from './served-place.ts';

export type SentCustomer = Readonly<Record<string, string | number | boolean | null>>;

interface Described {
  readonly components: {
    readonly schemas: {
      readonly Customer: { readonly properties: Readonly<Record<string, { type?: unknown }>> };
    };
  };
}

/** Cells without quotes, as `generate` writes them; columns that the contract doesn't name are left out. */
export async function sentCustomers(
  { url, place }: ServedPlace,
  file: string,
): Promise<readonly SentCustomer[]> {
  const described = (await (await fetch(`${url}/openapi.json`)).json()) as Described;
  const { properties } = described.components.schemas.Customer;
  const [header = '', ...lines] = readFileSync(place.path(file), 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(
      names.flatMap((name, i) => {
        const types = [properties[name]?.type ?? []].flat();
        return types.length === 0 ? [] : [[name, typedValue(cells[i]!, types)]];
      }),
    );
  });
}

function typedValue(cell: string, types: readonly unknown[]): string | number | boolean | null {
  if (cell === '') return null;
  if (types.includes('string')) return cell;
  return types.includes('boolean') ? cell === 'true' : Number(cell);
}
