/** A hundred dots of which some are filled: a share as people, ten in a row. */
import { type Html, html, trusted } from '../html.ts';

/** Filled dots stand for the rounded share; 0 and 100 only when it is really none or all. */
export function hundredDots(share: number, label: string): Html {
  const filled = filledOf(share);
  const dots = Array.from({ length: 100 }, (_, i) => {
    const [x, y] = [5 + 10 * (i % 10), 5 + 10 * Math.floor(i / 10)];
    return `<circle cx="${x}" cy="${y}" r="3.7"/>`;
  });
  return html`<svg class="hundred" viewBox="0 0 100 100" width="100" height="100" role="img" aria-label="${label}"><title>${label}</title><g fill="var(--accent)">${trusted(dots.slice(0, filled).join(''))}</g><g fill="var(--dot)">${trusted(dots.slice(filled).join(''))}</g></svg>`;
}

function filledOf(share: number): number {
  if (!(share > 0)) return 0;
  if (share >= 1) return 100;
  return Math.min(99, Math.max(1, Math.round(100 * share)));
}
