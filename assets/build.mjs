// Makes what the program serves under /assets/: one style sheet, one script, one sprite of
// icons, the fonts, and manifest.json, which says by what address each is asked for.
//
//   node build.mjs [--out FOLDER]      (FOLDER is dist beside this file unless said)
//
// Files keep their names on disk; their addresses carry a hash of their content, so that a
// browser may keep them for ever. Text is there twice, the second time gzipped.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');

const fonts = {
  'sans-latin.woff2': '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  'sans-vietnamese.woff2': '@fontsource-variable/source-sans-3/files/source-sans-3-vietnamese-wght-normal.woff2',
  'serif-latin.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2',
  'serif-vietnamese.woff2': '@fontsource-variable/source-serif-4/files/source-serif-4-vietnamese-opsz-normal.woff2',
};

// In kilobytes, gzipped; more than this is a mistake in the style sheet or the script.
const budget = { 'app.css': 30, 'app.js': 40 };

function address(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return `/assets/${name.replace('.', `.${hash}.`)}`;
}

// Every icon of icons.json as one symbol, drawn in the colour of the text around it.
function sprite(icons) {
  const symbols = Object.entries(icons).map(([name, tabler]) => {
    const svg = readFileSync(join(modules, '@tabler/icons/icons/outline', `${tabler}.svg`), 'utf8');
    const shapes = svg.replace(/<!--[\s\S]*?-->/g, '').match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    const drawn = shapes.replace(/\s+/g, ' ').replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, '');
    return `<symbol id="icon-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" ` +
      `stroke-linecap="round" stroke-linejoin="round">${drawn.trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

// An icon that a template names and the sprite lacks would be an empty square.
function refuseUnknownIcons(icons) {
  const source = join(here, '..', 'src');
  const views = readdirSync(source, { recursive: true }).filter((path) => /views\/[^/]*\.html$/.test(path));
  for (const view of views) {
    const text = readFileSync(join(source, view), 'utf8');
    for (const [, name] of text.matchAll(/#icon-([a-z-]+)"/g)) {
      if (!(name in icons)) throw new Error(`src/${view}: no icon "${name}" in assets/icons.json`);
    }
  }
}

function styles(addresses) {
  const { css } = sass.compile(join(here, 'scss/app.scss'), {
    style: 'compressed',
    loadPaths: [modules],
    quietDeps: true,
    // Bootstrap 5.3 is written in the older Sass.
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  });
  return css.replace(/url\("?asset:([\w.-]+)"?\)/g, (_, name) => `url(${addresses[name]})`);
}

function script() {
  const built = esbuild.buildSync({
    entryPoints: [join(here, 'js/app.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    write: false,
  });
  return built.outputFiles[0].text;
}

export function build(out) {
  const icons = JSON.parse(readFileSync(join(here, 'icons.json'), 'utf8'));
  refuseUnknownIcons(icons);
  const files = {};
  for (const [name, path] of Object.entries(fonts)) files[name] = readFileSync(join(modules, path));
  const fontAddresses = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, address(name, bytes)]));
  files['app.css'] = Buffer.from(styles(fontAddresses));
  files['app.js'] = Buffer.from(script());
  files['icons.svg'] = Buffer.from(sprite(icons));
  files['mark.svg'] = readFileSync(join(here, 'mark.svg'));

  const addresses = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, address(name, bytes)]));
  const manifest = {
    links: {
      css: addresses['app.css'],
      js: addresses['app.js'],
      icons: addresses['icons.svg'],
      mark: addresses['mark.svg'],
      sans: addresses['sans-latin.woff2'],
    },
    files: Object.fromEntries(Object.entries(addresses).map(([name, at]) => [at, name])),
  };

  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(out, name), bytes);
    if (name.endsWith('.woff2')) continue;
    const packed = gzipSync(bytes, { level: 9 });
    const kilobytes = packed.length / 1024;
    if (kilobytes > (budget[name] ?? Infinity)) {
      throw new Error(`${name} is ${kilobytes.toFixed(1)} KB gzipped, at most ${budget[name]}`);
    }
    writeFileSync(join(out, `${name}.gz`), packed);
  }
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return { manifest, files };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--out');
  const { files } = build(at > 0 ? process.argv[at + 1] : join(here, 'dist'));
  // By hand one wants to see the sizes; a build that succeeds says nothing.
  for (const [name, bytes] of at > 0 ? [] : Object.entries(files)) {
    const kilobytes = (size) => `${(size / 1024).toFixed(1)} KB`;
    const packed = name.endsWith('.woff2') ? '' : `, ${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzipped`;
    process.stdout.write(`${name} ${kilobytes(bytes.length)}${packed}\n`);
  }
}
