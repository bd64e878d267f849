/** The customers of the telco table as a client sends them: numbers as numbers, a missing one as null. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file itself, where the shared data of the project lie. */
export const telcoFile = fileURLToPath(new URL('../../../shared/data/telco.csv', import.meta.url));

export type Row = Readonly<Record<string, string | number | null>>;

const numbers: ReadonlySet<string> = new Set(['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges']);

/** Without the answer: nobody sends that. */
export function telcoRows(): readonly Row[] {
  const [header, ...lines] = readFileSync(telcoFile, 'utf8').trim().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(
      names.flatMap((name, i) => (name === 'Churn' ? [] : [[name, cellOf(name, cells[i]!.trim())]])),
    );
  });
}

function cellOf(name: string, cell: string): string | number | null {
  if (!numbers.has(name)) return cell;
  return cell === '' ? null : Number(cell);
}
