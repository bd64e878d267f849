/**
 * The page of `/docs` and its files. Everything comes from this server, and the page's own policy forbids all else:
 * no inline script, no inline style, no other address.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

export const pageText = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Holdfast API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<div id="api"></div>
<noscript>This page needs JavaScript. The description itself is at /openapi.json.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`;

const script = `'use strict';
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  syntaxHighlight: { theme: 'nord' },
});
`;

const style = `body { margin: 0; background: #fff; }
html.dark-mode body { background: #1c2022; }
noscript { display: block; padding: 2rem; font-family: sans-serif; }
`;

const javascript = 'text/javascript; charset=utf-8';
const css = 'text/css; charset=utf-8';

type PageFile = { readonly type: string } & ({ readonly text: string } | { readonly packaged: string });

/** By the last part of their address. */
export const pageFiles = {
  'page.js': { type: javascript, text: script },
  'page.css': { type: css, text: style },
  'swagger-ui-bundle.js': { type: javascript, packaged: 'static/swagger-ui-bundle.js' },
  'swagger-ui.css': { type: css, packaged: 'static/swagger-ui.css' },
} as const satisfies Readonly<Record<string, PageFile>>;

/** Read when it is asked for: a server that nobody looks at holds none of it. */
export async function pageFile(name: keyof typeof pageFiles): Promise<{ type: string; bytes: Buffer }> {
  const file: PageFile = pageFiles[name];
  const bytes = 'text' in file ? Buffer.from(file.text) : await readFile(packaged(file.packaged));
  return { type: file.type, bytes };
}

const packaged = (path: string): string =>
  createRequire(fileURLToPath(import.meta.url))
    .resolve('@fastify/swagger-ui/package.json')
    .replace(/package\.json$/, path);
