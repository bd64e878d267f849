/**
 * How pages look: one style sheet for all, from 320 px to a printed sheet.
 *
 * The reader's system decides between light and dark; the three buttons of the page, which need no script, or a
 * `data-theme` on the root element when the page is shown inside another, overrule it. Paper is always light.
 * Holds no `<` and no `&`: it stands in the page as it is.
 */
import { dark, declarations, light } from './palette.ts';

const lightVars = `${declarations(light)} --dot: #d3dae2; --shadow: 0 1px 2px rgb(23 32 43 / 6%), 0 4px 16px rgb(23 32 43 / 5%); color-scheme: light;`;
const darkVars = `${declarations(dark)} --dot: #323e4b; --shadow: none; color-scheme: dark;`;

export const pageStyle = `
:root { ${lightVars} }
@media screen {
  :root[data-theme="dark"], :root:has(#theme-dark:checked) { ${darkVars} }
}
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme="light"], :has(#theme-light:checked)) { ${darkVars} }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 24px; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); text-underline-offset: 3px; }
a:focus-visible, summary:focus-visible, .box:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3 { line-height: 1.25; margin: 0; letter-spacing: -0.01em; text-wrap: balance; }
h1 { font-size: clamp(26px, 4.5vw, 36px); letter-spacing: -0.02em; }
h2 { font-size: 22px; }
h3 { font-size: 16px; }
p, .points li { margin: 0; max-width: 78ch; text-wrap: pretty; }
code { font: 0.9em/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; unicode-bidi: isolate; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.small { font-size: 14px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 16px; top: -60px; padding: 8px 14px; background: var(--card); border-radius: 6px; z-index: 3; }
.skip:focus { top: 12px; }

.frame { max-width: 1320px; margin: 0 auto; padding: 0 32px 64px; display: grid; grid-template-columns: 208px minmax(0, 1fr); column-gap: 48px; }
.top { grid-column: 1 / -1; padding: 32px 0 32px; display: grid; gap: 8px; }
.top .bar { margin-bottom: 26px; }
.bar { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; justify-content: space-between; }
.brand { font-weight: 650; letter-spacing: 0.01em; display: inline-flex; gap: 9px; align-items: center; }
.brand svg { width: 22px; height: 22px; display: block; }
.theme { position: relative; border: 1px solid var(--line); border-radius: 999px; padding: 2px; margin: 0; display: inline-flex; background: var(--card); }
.theme input { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
.theme label { padding: 3px 12px; border-radius: 999px; font-size: 13px; color: var(--soft); cursor: pointer; }
.theme input:checked + label { background: var(--tint); color: var(--ink); font-weight: 600; }
.theme input:focus-visible + label { outline: 2px solid var(--accent); }
.toc { position: sticky; top: 24px; align-self: start; font-size: 14px; }
.toc ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 2px; border-left: 2px solid var(--line); }
.toc a { display: block; padding: 5px 14px; color: var(--soft); text-decoration: none; margin-left: -2px; border-left: 2px solid transparent; }
.toc a:hover { color: var(--ink); border-left-color: var(--accent); }
.top, main, section, .stack, figure, figcaption, .points { grid-template-columns: minmax(0, 1fr); }
main { display: grid; gap: 44px; min-width: 0; }
section { display: grid; gap: 16px; min-width: 0; }
footer { grid-column: 1 / -1; margin-top: 48px; padding-top: 18px; border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); padding: 22px 24px; min-width: 0; }
.stack { display: grid; gap: 12px; align-content: start; }
.grid { display: grid; gap: 18px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 350px), 1fr)); }
.grid > .full { grid-column: 1 / -1; }
.pill { display: inline-flex; gap: 7px; align-items: center; padding: 3px 12px; border-radius: 999px; font-size: 14px; font-weight: 600; white-space: nowrap; }
.pill.good { background: var(--good-tint); color: var(--good); }
.pill.bad { background: var(--bad-tint); color: var(--bad); }
.good-text { color: var(--good); font-weight: 600; white-space: nowrap; }
.mark-text { color: var(--mark); font-weight: 600; white-space: nowrap; }
.bad-text { color: var(--bad); font-weight: 600; white-space: nowrap; }
.headline { font-size: clamp(20px, 3vw, 26px); line-height: 1.3; font-weight: 650; letter-spacing: -0.015em; text-wrap: balance; }
.hundreds { display: grid; gap: 16px 24px; margin-top: 8px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); }
.hundreds > div { display: grid; grid-template-columns: 92px minmax(0, 1fr); gap: 6px 18px; align-content: start; align-items: center; border-top: 1px solid var(--line); padding-top: 18px; }
.hundreds p { grid-column: 1 / -1; }
.hundred { width: 92px; height: 92px; display: block; }
.figure-number { font-size: 34px; font-weight: 680; line-height: 1.1; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; display: block; }
.figure-number.long { font-size: 22px; }
.points { margin: 0; padding: 0; list-style: none; display: grid; gap: 14px; }
.points b:first-child { display: block; font-size: 14px; color: var(--soft); font-weight: 600; }

figure { margin: 0; display: grid; gap: 10px; align-content: start; break-inside: avoid; }
figcaption { display: grid; gap: 4px; }
figcaption p { font-size: 14px; color: var(--soft); }
figure > svg { display: block; width: 100%; height: auto; max-width: 500px; margin: 0 auto; }

.picture { max-width: 760px; width: 100%; margin: 0 auto; }
.picture > svg { display: block; width: 100%; min-width: 520px; height: auto; }
.columns { columns: 340px; column-gap: 18px; }
.column { gap: 8px; padding: 18px 20px; margin-bottom: 18px; break-inside: avoid; }
.column h3 { overflow-wrap: anywhere; }
.histogram { display: block; width: 100%; height: 36px; border-bottom: 1px solid var(--reference); }
.ends { display: flex; justify-content: space-between; gap: 8px; font-size: 12px; max-width: none; }
.groups { font-size: 13px; }
.groups th, .groups td { padding: 3px 6px; vertical-align: middle; border-top: 0; }
.groups thead th { font-size: 12px; padding-bottom: 2px; }
.groups tbody th { font-weight: 400; width: 42%; overflow-wrap: anywhere; }
.groups tbody tr:first-child > * { border-top: 1px solid var(--line); }
.groups .strip { width: 88px; margin: 0; }
details > .columns { margin-top: 10px; }
.box {
  overflow-x: auto; min-width: 0;
  background:
    linear-gradient(to right, var(--card) 40%, transparent) left / 32px 100% local,
    linear-gradient(to left, var(--card) 40%, transparent) right / 32px 100% local,
    linear-gradient(to right, var(--line), transparent) left / 10px 100% scroll,
    linear-gradient(to left, var(--line), transparent) right / 10px 100% scroll;
  background-repeat: no-repeat;
}
table { overflow-wrap: break-word; border-collapse: collapse; width: 100%; font-size: 15px; font-variant-numeric: tabular-nums; }
th, td { padding: 9px 10px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); unicode-bidi: isolate; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; padding-top: 0; font-size: 13px; font-weight: 600; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 600; }
tbody tr:first-child > * { border-top-color: var(--reference); }
.group th { padding-top: 16px; border-top: 1px solid var(--line); }
.group th div { position: sticky; left: 0; width: max-content; max-width: min(34em, 76vw); overflow-wrap: anywhere; }
tr.level > th { font-weight: 400; position: sticky; left: 0; background: var(--card); padding-left: 16px; }
.level .name { max-width: 12em; }
tr.chosen > * { background: var(--tint); }
tr.chosen > :last-child { padding-right: 10px; }
tr.chosen > :first-child { box-shadow: inset 3px 0 var(--accent); padding-left: 10px; }
.n { text-align: right; white-space: nowrap; }
thead .n { white-space: normal; }
.ci { color: var(--soft); white-space: nowrap; font-size: 14px; }
.wide { min-width: 13em; }
.params { min-width: 16em; }
.sideways { display: none; }
.n .ci { display: block; font-size: 13px; }
.name { width: max-content; max-width: 15em; overflow-wrap: anywhere; }
.strip { display: block; width: 110px; height: 18px; margin-top: 3px; }
.matrix { table-layout: fixed; min-width: 19em; }
.matrix th, .matrix thead td { border: 0; padding: 8px 10px; text-align: center; vertical-align: middle; }
.matrix tbody th { text-align: left; padding-left: 0; width: 28%; }
.matrix tbody td { text-align: center; padding: 16px 10px; border: 3px solid var(--card); background: var(--page); border-radius: 8px; }
.matrix b { display: block; font-size: 24px; line-height: 1.2; letter-spacing: -0.01em; }
.matrix tbody .right { background: var(--tint); }
dl { margin: 0; display: grid; grid-template-columns: minmax(0, 11em) minmax(0, 1fr); font-size: 15px; }
dt, dd { margin: 0; padding: 8px 12px 8px 0; border-top: 1px solid var(--line); min-width: 0; }
dl > :nth-child(-n+2) { border-top: 0; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; unicode-bidi: isolate; }
details > summary { cursor: pointer; color: var(--accent); font-size: 14px; font-weight: 600; padding: 6px 0; }
details[open] > summary { margin-bottom: 8px; }
ul.plain { margin: 0; padding-left: 20px; display: grid; gap: 6px; }

@media (max-width: 1080px) {
  .frame { display: block; padding: 0 24px 48px; }
  .top { padding: 24px 0 16px; }
  .toc { position: static; margin: 0 -24px 28px; padding: 0 24px; overflow-x: auto; border-bottom: 1px solid var(--line); }
  .toc ol { display: flex; border: 0; gap: 4px; width: max-content; }
  .toc a { padding: 8px 10px 10px; margin: 0; border: 0; white-space: nowrap; }
  .toc li:first-child a { padding-left: 0; }
}
@media (max-width: 560px) {
  .frame { padding: 0 16px 40px; }
  .toc { margin: 0 -16px 24px; padding: 0 16px; }
  .card { padding: 16px; border-radius: 10px; }
  main { gap: 36px; }
  th, td { padding: 8px; }
  .level .name { max-width: 8em; }
  .params { min-width: 36em; }
  .sideways { display: block; }
  .fold thead { display: none; }
  .fold tbody tr { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: baseline; padding: 10px 0; border-top: 1px solid var(--line); }
  .fold tbody tr:first-child { border-top: 0; padding-top: 0; }
  .fold tbody tr > * { border: 0; padding: 0; }
  .fold tbody tr > :last-child { flex-basis: 100%; color: var(--soft); font-size: 14px; }
  .grid { gap: 14px; }
  dl { grid-template-columns: minmax(0, 1fr); }
  dl > :nth-child(2) { border-top: 0; }
  dt { padding: 10px 0 0; font-size: 14px; }
  dd { padding: 0 0 10px; border-top: 0; }
}
@media print {
  @page { margin: 15mm 13mm; }
  body { background: none; font-size: 10pt; line-height: 1.45; }
  .frame { display: block; max-width: none; padding: 0; }
  .toc, .theme, .skip { display: none; }
  .top { padding: 0 0 12px; gap: 5px; }
  .top .bar { margin-bottom: 8px; }
  h1 { font-size: 22pt; }
  h2 { font-size: 14pt; }
  .headline { font-size: 15pt; }
  .small, figcaption p { font-size: 9pt; }
  .points { gap: 9px; }
  main { gap: 24px; display: block; }
  section { display: block; margin-bottom: 26px; }
  section > * + * { margin-top: 12px; }
  .card { box-shadow: none; padding: 14px 16px; }
  .stack { display: block; }
  .stack > * + * { margin-top: 9px; }
  h1, h2, h3, summary, thead, .group { break-after: avoid; }
  h2 + *, h2 + * > :first-child { break-before: avoid; }
  .picture > svg { min-width: 0; }
  .columns { columns: 2; column-gap: 12px; }
  .column { padding: 10px 12px; margin-bottom: 12px; }
  .groups { font-size: 8pt; }
  .groups th, .groups td { padding: 2px 4px; }
  .card.whole, .column, figure, tr, dt, li, .hundreds > div { break-inside: avoid; }
  dt, dd { padding: 4px 12px 4px 0; }
  .grid { grid-template-columns: 1fr 1fr; gap: 12px; }
  .hundreds { grid-template-columns: repeat(3, 1fr); }
  .hundreds > div { grid-template-columns: 1fr; gap: 8px; }
  .hundred { width: 70px; height: 70px; }
  table { font-size: 9pt; }
  th, td { padding: 5px 8px; }
  .wide, .params { min-width: 8em; }
  .sideways { display: none; }
  .n .ci, .ci { font-size: 8pt; }
  .strip { width: 80px; }
  .card > p:first-child { break-after: avoid; }
  .box { overflow: visible; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; height: auto; }
  details > summary { list-style: none; color: var(--ink); }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
