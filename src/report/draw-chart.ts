/**
 * Draws a chart as SVG text, without a browser.
 *
 * The same chart gives the same text, to the byte, whatever was drawn before. The text is well-formed XML, holds no
 * style, script or address, and tells those who can't see it what it shows. ECharts is loaded when the first chart is
 * drawn (0.2 to 0.7 s); a chart costs about 10 ms.
 */
import type { Chart } from './charts/chart.ts';
import { escapeHtml, type Html, trusted } from './html.ts';
import { themed } from './palette.ts';

/** An SVG file of its own, in the light colours. */
export async function drawChart(chart: Chart): Promise<string> {
  const { init } = await loadECharts();
  const drawing = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: chart.width,
    height: chart.height,
  });
  try {
    drawing.setOption({ animation: false, ...chart.option });
    return tidy(drawing.renderToSVGString(), chart);
  } finally {
    drawing.dispose();
  }
}

/** For a page, whose theme decides the colours. */
export const embedChart = async (chart: Chart): Promise<Html> => trusted(themed(await drawChart(chart)));

/** No double quotes in it: ECharts doesn't escape them. */
const fontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

async function loadECharts() {
  const [core, { LineChart, BarChart, ScatterChart }, { GridComponent }, { SVGRenderer }] = await Promise.all(
    [
      import('echarts/core'),
      import('echarts/charts'),
      import('echarts/components'),
      import('echarts/renderers'),
    ],
  );
  core.use([LineChart, BarChart, ScatterChart, GridComponent, SVGRenderer]);
  return core;
}

function tidy(svg: string, { id, title, description, width, height }: Chart): string {
  const body = svg
    .replace(/^<svg[^>]*>\s*/, '')
    // Hover styles; a page's policy need not allow them.
    .replace(/<style[\s\S]*?<\/style>\s*/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>\s*/, '')
    .replace(/><\/(?:path|rect|circle|line)>/g, '/>')
    // Only inside of tags: a column may be called `zr0-` or `1.2345`.
    .replace(/<[^>]*>/g, (tag) => tidyTag(tag, id));
  const name = escapeHtml(`${title}. ${description}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}" font-family="${fontFamily}"><title>${escapeHtml(title)}</title>\n${body.trim()}`;
}

const tidyTag = (tag: string, id: string): string =>
  tag
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ (?:ecmeta_\w+|pointer-events|xml:space)="[^"]*"/g, '')
    // A counter of this process becomes the chart's own id: equal texts, and no clash within a page.
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributesOf(style))
    .replace(/(-?\d+\.\d{2})\d+/g, '$1');

/** `font-size:12px;font-family:x` as attributes; the family stands once, at the root. */
const attributesOf = (style: string): string =>
  style
    .split(';')
    .map((declaration) => declaration.split(':', 2).map((part) => part.trim()))
    .filter(([name, value]) => name && value && name !== 'font-family')
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
