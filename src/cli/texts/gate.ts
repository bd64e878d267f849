/** What a gate said, check by check. */
import type { GateResult } from '../../evaluation/gate.ts';

export function gateLines({ passed, checks }: GateResult): string[] {
  if (checks.length === 0) return ['Gate: passed, the project file asks for nothing'];
  return [
    `Gate: ${passed ? 'passed' : 'refused'}`,
    ...checks.map((check) => `  ${check.passed ? 'yes' : 'NO '}  ${check.reason}`),
  ];
}
