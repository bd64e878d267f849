/** How the values of a column lie: small bars without axes. What stands below them says where they begin and end. */
import { type Html, html, trusted } from '../html.ts';

const width = 240;
const height = 36;
const gap = 1;

/** `shares`: of each bar, lowest values first. */
export function histogramStrip(shares: readonly number[], label: string): Html {
  const highest = Math.max(...shares, 1e-12);
  const step = width / Math.max(1, shares.length);
  const bars = shares.map((share, i) => {
    // A bar that is there is seen.
    const tall = share > 0 ? Math.max(1, (share / highest) * height) : 0;
    return tall === 0
      ? ''
      : `M${(i * step).toFixed(1)} ${height}v${(-tall).toFixed(1)}h${(step - gap).toFixed(1)}V${height}z`;
  });
  return html`<svg class="histogram" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}"><title>${label}</title><path d="${trusted(bars.join(''))}" fill="var(--accent)"/></svg>`;
}
