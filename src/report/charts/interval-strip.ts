/** A value and its 95% interval as a dot on a line, small enough for a table's cell. The figures stand beside it. */
import type { MetricValue } from '../../evaluation/interval.ts';
import { type Html, html } from '../html.ts';
import { type Colour, variableOf } from '../palette.ts';

const width = 110;
const edge = 6;

export interface StripScale {
  /** The ends, the same for all strips of a column. */
  readonly from: number;
  readonly to: number;
  /** A value to compare with, marked by a dashed line. */
  readonly compare?: number;
  readonly colour?: Colour;
}

export function intervalStrip({ value, low, high }: MetricValue, scale: StripScale): Html {
  const { from, to, compare, colour = 'accent' } = scale;
  const at = (point: number): string => {
    const share = to > from ? (point - from) / (to - from) : 0.5;
    return (edge + Math.min(1, Math.max(0, share)) * (width - 2 * edge)).toFixed(1);
  };
  const paint = `var(${variableOf(colour)})`;
  const tick =
    compare !== undefined &&
    html`<path d="M${at(compare)} 1V17" stroke="var(--reference)" stroke-width="1.5" stroke-dasharray="3 2"/>`;
  return html`<svg class="strip" viewBox="0 0 ${width} 18" width="${width}" height="18" aria-hidden="true"><path d="M${edge} 9H${width - edge}" stroke="var(--line)"/>${tick}<path d="M${at(low)} 9H${at(high)}" stroke="${paint}" stroke-width="3" stroke-linecap="round"/><circle cx="${at(value)}" cy="9" r="4" fill="${paint}"/></svg>`;
}
