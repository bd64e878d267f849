/** Contrast of two colours by WCAG 2: 1 for equal ones, 21 for black on white. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(channels(a)), luminance(channels(b))].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** `#rrggbb`, or `rgb(r, g, b)` as browsers tell it. */
function channels(colour: string): number[] {
  const found = colour.startsWith('#') ? colour.match(/[0-9a-f]{2}/gi) : colour.match(/\d+/g);
  return (found ?? [])
    .slice(0, 3)
    .map((part) => Number.parseInt(part, colour.startsWith('#') ? 16 : 10) / 255);
}

function luminance(parts: readonly number[]): number {
  const [red, green, blue] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
