// The rendering of platform/views once more, in a few lines, so that pages can be looked at
// without the program: mustache with the sections t, number, percent, date and moment.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import mustache from 'mustache';

const formats = ['t', 'number', 'percent', 'date', 'moment'];
// Under a name no value has: the five are found whatever the value around them holds.
const reserved = (name) => `format_${name}`;

export function load(root, problems) {
  const templates = {};
  for (const path of readdirSync(join(root, 'src'), { recursive: true })) {
    const parts = path.match(/^(?:features|platform)\/([a-z_]+)\/views\/([a-z_]+)\.html$/);
    if (!parts) continue;
    templates[`${parts[1]}/${parts[2]}`] = readFileSync(join(root, 'src', path), 'utf8').replace(
      /\{\{([#/])(t|number|percent|date|moment)\}\}/g,
      (_, mark, name) => `{{${mark}${reserved(name)}}}`,
    );
  }
  const texts = {};
  for (const language of ['vi', 'en']) {
    texts[language] = {};
    for (const file of readdirSync(join(root, 'locales', language)).filter((name) => name.endsWith('.toml'))) {
      const written = readFileSync(join(root, 'locales', language, file), 'utf8');
      for (const [, key, text] of written.matchAll(/^"([^"]+)" = ("(?:[^"\\]|\\.)*")$/gm)) {
        if (key in texts[language]) problems.push(`locales/${language}/${file}: "${key}" is there twice`);
        texts[language][key] = JSON.parse(text);
      }
    }
  }
  return { root, templates, texts, problems };
}

const escape = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const grouped = (digits, by) => digits.replace(/\B(?=(\d{3})+$)/g, by);

function formatter(language) {
  const vietnamese = language === 'vi';
  const decimal = (text) => {
    const parts = text.match(/^(-?)(\d+)(?:\.(\d+))?$/);
    if (!parts) return text;
    const [, sign, whole, rest] = parts;
    return (sign && '−') + grouped(whole, vietnamese ? '.' : ',') + (rest ? (vietnamese ? ',' : '.') + rest : '');
  };
  const day = (text) => {
    const parts = text.match(/^(\d{4})-(\d\d)-(\d\d)$/);
    if (!parts) return text;
    const [, year, month, date] = parts;
    const name = 'JanFebMarAprMayJunJulAugSepOctNovDec'.slice(3 * month - 3, 3 * month);
    return vietnamese ? `${date}/${month}/${year}` : `${Number(date)} ${name} ${year}`;
  };
  return {
    number: decimal,
    percent: (text) => (text ? decimal(text) + (vietnamese ? '\u00a0%' : '%') : ''),
    date: day,
    moment: (text) => {
      const at = new Date(Date.parse(text) + 7 * 3600 * 1000);
      if (Number.isNaN(at.getTime())) return text;
      const clock = at.toISOString();
      return `${day(clock.slice(0, 10))}${vietnamese ? ' ' : ', '}${clock.slice(11, 16)}`;
    },
  };
}

// 0 is shown, so numbers go in as text, as the program has it.
function plain(value) {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
  }
  return value;
}

function unescaped(text) {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
}

function sections(views, language) {
  const write = formatter(language);
  const made = {};
  for (const name of formats) {
    made[reserved(name)] = () => (inside, render) => {
      const text = unescaped(render(inside)).trim();
      return escape(name === 't' ? worded(views, language, text) : write[name](text));
    };
  }
  return made;
}

function worded(views, language, text) {
  const [key, ...given] = text.split('|').map((piece) => piece.trim());
  const found = views.texts[language][key];
  if (found === undefined) {
    views.problems.push(`no text "${key}" in ${language}`);
    return key;
  }
  return found
    .replace(/\[\[(.*?)\]\]/g, (_, passage) =>
      [...passage.matchAll(/\{(\d)/g)].every(([, at]) => given[at]) ? passage : '')
    .replace(/\{(\d):([^|}]*)\|([^}]*)\}/g, (_, at, one, many) => (given[at] === '1' ? one : many))
    .replace(/\{(\d)\}/g, (_, at) => given[at] ?? '');
}

// A name that neither the sample nor the frame has is a misunderstanding between the two.
class Watched extends mustache.Context {
  constructor(view, parent, note) {
    super(view, parent);
    this.note = note;
  }
  push(view) {
    return new Watched(view, this, this.note);
  }
  lookup(name) {
    const known = (context) => {
      for (let at = context; at; at = at.parent) {
        if (at.view && typeof at.view === 'object' && name.split('.')[0] in at.view) return true;
      }
      return name === '.';
    };
    if (!known(this)) this.note(name);
    return super.lookup(name);
  }
}

function sample(views, name) {
  const value = JSON.parse(readFileSync(join(views.root, 'tests/views', `${name}.json`), 'utf8'));
  return plain(value);
}

function render(views, view, value, frame, language) {
  const writer = new mustache.Writer();
  const note = (missing) => views.problems.push(`${view}: nothing called "${missing}" in its sample`);
  const context = new Watched({ ...sections(views, language) }, null, note).push(frame).push(value);
  return writer.render(views.templates[view], context, views.templates, { escape });
}

export function draw(views, name, { language, theme, links, print }) {
  const view = name.replace(/\.[a-z_]+$/, '');
  const frame = sample(views, 'web/layout');
  const chosen = (list) => list.map((one) => ({ ...one, current: one.code === language || one.code === theme }));
  Object.assign(frame, { language, theme, assets: links });
  frame.languages = chosen(frame.languages);
  frame.themes = chosen(frame.themes);
  frame.notice = null;
  if (view === 'web/sign_in' || view === 'web/set_password') frame.actor = null;
  if (print) frame.print = { url: '/' };
  const value = sample(views, name);
  for (const part of ['roster_html', 'beside_html']) {
    const inner = value[part]?.$view;
    if (inner) value[part] = render(views, inner.replace(/\.[a-z_]+$/, ''), sample(views, inner), frame, language);
  }
  const content = render(views, view, value, frame, language);
  const heading = content.match(/<h1>([\s\S]*?)<\/h1>/)?.[1].replace(/<[^>]*>/g, ' ') ?? '';
  frame.title = unescaped(heading.replace(/\s+/g, ' ').trim());
  return render(views, 'web/layout', { content }, frame, language);
}
