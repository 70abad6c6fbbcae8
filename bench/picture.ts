/** Bars as SVG: readable on a light and on a dark page. */
import type { Chart } from './scenario.ts';

const WIDTH = 900;
const LABELS = 370;
const VALUES = 130;
const ROW = 24;
const TITLE = 40;
const MARGIN = 16;

export function drawCharts(charts: readonly Chart[]): string {
  let y = MARGIN;
  const parts: string[] = [];
  for (const chart of charts) {
    parts.push(drawChart(chart, y));
    y += TITLE + chart.bars.length * ROW + MARGIN;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img">`,
    '<title>Panelgraph against others, scenario by scenario</title>',
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${y}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = `
.page { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #1f2933 } .title { font-weight: 600; font-size: 14px }
.bar { fill: #9aa8b8 } .ours { fill: #2563eb }
@media (prefers-color-scheme: dark) {
  .page { fill: #0f1720 } text { fill: #e4e9ef } .bar { fill: #5b6b7d } .ours { fill: #60a5fa }
}`;

function drawChart({ title, bars }: Chart, top: number): string {
  const largest = Math.max(...bars.map(({ value }) => value).filter(Number.isFinite), Number.MIN_VALUE);
  const room = WIDTH - LABELS - VALUES - 2 * MARGIN;
  const lines = [`<text class="title" x="${MARGIN}" y="${top + 22}">${escaped(title)}</text>`];
  bars.forEach(({ label, value, text }, at) => {
    const y = top + TITLE + at * ROW;
    const length = Math.max(1, (Math.max(0, value) / largest) * room);
    const kind = label.startsWith('Panelgraph') ? 'bar ours' : 'bar';
    lines.push(
      `<text x="${MARGIN}" y="${y + 13}">${escaped(label)}</text>`,
      `<rect class="${kind}" x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${ROW - 8}" rx="2"/>`,
      `<text x="${(LABELS + length + 8).toFixed(1)}" y="${y + 13}">${escaped(text)}</text>`,
    );
  });
  return lines.join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
