// Every page over its sample (tests/views), drawn, photographed and checked.
//
//   node gallery.mjs [--out FOLDER] [--only TEXT] [--quick]
//
// FOLDER gets one HTML file per sample, language and theme, an index, and pictures of a desk
// and a phone. Chromium draws them under the content security policy of the program; axe
// measures them, and its findings, broken texts, unknown names and pages that scroll sideways
// end the run with 1. --quick: Vietnamese and light only.
import { createServer } from 'node:http';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';
import { draw, load } from './gallery_views.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const argument = (name) => process.argv.includes(name) && process.argv[process.argv.indexOf(name) + 1];
const out = argument('--out') || join(tmpdir(), 'tiendo-gallery');
const only = argument('--only');
const quick = process.argv.includes('--quick');
const problems = [];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { manifest, files } = build(join(out, 'assets'));
const views = load(root, problems);

const samples = readdirSync(join(root, 'tests/views'), { recursive: true })
  .filter((path) => path.endsWith('.json') && !/^(web\/layout|participation\/roster)/.test(path))
  .filter((path) => !only || path.includes(only))
  .sort();

const pages = [];
for (const sample of samples) {
  const name = sample.replace(/\.json$/, '');
  for (const language of quick ? ['vi'] : ['vi', 'en']) {
    for (const theme of quick ? ['light'] : ['light', 'dark']) {
      const file = `${name.replace('/', '-')}.${language}.${theme}.html`;
      writeFileSync(join(out, file), draw(views, name, { language, theme, links: manifest.links }));
      pages.push({ name, file, language, theme });
    }
  }
}
for (const print of ['reports/statement', 'plan/plan']) {
  if (only && !print.includes(only)) continue;
  const file = `${print.replace('/', '-')}.print.html`;
  const asked = { language: 'vi', theme: 'light', links: manifest.links, print: true };
  writeFileSync(join(out, file), draw(views, print, asked));
  pages.push({ name: `${print} print`, file, language: 'vi', theme: 'light' });
}
writeFileSync(
  join(out, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Gallery</title><ul>${pages
    .map(({ name, file, language, theme }) => `<li><a href="${file}">${name} ${language} ${theme}</a></li>`)
    .join('')}</ul>`,
);

const types = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://gallery').pathname).slice(1);
  const asset = manifest.files[`/${path}`];
  if (path === 'offline/attendance-worker.js') {
    response.writeHead(200, { 'Content-Type': types.js });
    response.end(readFileSync(join(root, 'assets/js/attendance-worker.js')));
    return;
  }
  const bytes = asset ? files[asset] : existsSync(join(out, path)) && path && readFileSync(join(out, path));
  response.writeHead(bytes ? 200 : 404, {
    'Content-Type': types[path.split('.').pop()] ?? 'application/octet-stream',
    'Content-Security-Policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  });
  response.end(bytes || '');
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const site = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

async function check(page, { file }, size) {
  const note = (text) => problems.push(`${file} ${size}: ${text}`);
  const sideways = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  if (sideways > 0) note(`scrolls sideways by ${sideways} px`);
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const violation of found.violations) {
    const where = violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ');
    note(`${violation.id}: ${violation.help} (${violation.nodes.length}) ${where}`);
  }
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
for (const [size, viewport] of Object.entries(sizes)) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${page.url()} ${size}: ${message.text()}`);
  });
  for (const drawn of pages) {
    if (drawn.file.includes('.print.') && size === 'phone') continue;
    await page.goto(`${site}/${drawn.file}`);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(out, drawn.file.replace('.html', `.${size}.png`)), fullPage: true });
    await check(page, drawn, size);
    if (drawn.file.includes('.print.') && size === 'desk') {
      const path = join(out, drawn.file.replace('.html', '.pdf'));
      await page.pdf({ path, preferCSSPageSize: true, printBackground: false });
    }
  }
  await context.close();
}
await browser.close();
server.close();

const unique = [...new Set(problems)];
for (const problem of unique) process.stdout.write(`${problem}\n`);
process.stdout.write(`${pages.length} pages in ${relative(process.cwd(), out)}, ${unique.length} problems\n`);
process.exitCode = unique.length ? 1 : 0;
