// The page that marks a session without a network: keeps itself and its marks in the phone, and sends them
// when it can.
import { allMarks, forgetMark, keepAnswer, keepMark, later, newId } from './offline_marks.js';

const kept = 'attendance-1';  // as in attendance-worker.js

async function keepPage() {
  await navigator.serviceWorker.register('/offline/attendance-worker.js', { scope: '/offline/' });
  await navigator.serviceWorker.ready;
  const assets = performance.getEntriesByType('resource').map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/')).map((url) => url.pathname);
  const cache = await caches.open(kept);
  await Promise.all([location.pathname, ...new Set(assets)].map((address) => cache.add(address).catch(() => {})));
  return (await cache.match(location.pathname)) !== undefined;
}

class Sheet {
  constructor(root) {
    this.root = root;
    this.session = root.dataset.session;
    this.sending = false;
    root.addEventListener('change', (event) => this.chosen(event.target));
    root.querySelector('[data-all-present]').addEventListener('click', () => this.allPresent());
    root.querySelector('[data-send]').addEventListener('click', () => this.send());
    root.querySelector('[data-forget]').addEventListener('click', () => this.forget());
    window.addEventListener('online', () => this.send());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.send(); });
    setInterval(() => this.send(), 15_000);
  }

  learner(id) { return this.root.querySelector(`[data-learner="${id}"]`); }
  show(name, count) {
    const line = this.root.querySelector(`[data-${name}]`);
    line.hidden = !count;
    const number = line.querySelector('[data-count]');
    if (number) number.textContent = count;
  }

  // What was marked here and is not on the server's list yet is shown over what the list says.
  async begin() {
    for (const mark of await allMarks()) {
      const learner = mark.session === this.session && this.learner(mark.learner);
      if (!learner) continue;
      const newer = later(mark.event, learner.dataset.event) !== learner.dataset.event;
      if (mark.status === 'waiting' || newer) this.check(learner, mark.state);
    }
    await this.tell();
    await this.send();
  }

  check(learner, state) { learner.querySelector(`input[value="${state}"]`).checked = true; }

  async chosen(input) {
    await this.mark(input.closest('[data-learner]'), input.value);
    await this.send();
  }

  async mark(learner, state) {
    const before = (await allMarks())
      .find((mark) => mark.session === this.session && mark.learner === learner.dataset.learner);
    const waits = before?.status === 'waiting';
    await keepMark({
      session: this.session,
      learner: learner.dataset.learner,
      id: newId(),
      state,
      marked_at: new Date().toISOString().replace(/\.\d+Z/, 'Z'),
      based_on: waits ? before.based_on : later(before?.event, learner.dataset.event),
      after: waits ? before.id : '',
      sync: this.root.dataset.sync,
      status: 'waiting',
      event: before?.event,
    });
    await this.tell();
  }

  async allPresent() {
    for (const learner of this.root.querySelectorAll('[data-learner]')) {
      if (learner.querySelector('input:checked')) continue;
      this.check(learner, 'present');
      await this.mark(learner, 'present');
    }
    await this.send();
  }

  async tell() {
    const marks = await allMarks();
    const waiting = marks.filter((mark) => mark.status === 'waiting').length;
    const here = marks.filter((mark) => mark.session === this.session);
    this.show('waiting', waiting);
    this.show('all-sent', here.length > 0 && waiting === 0);
    this.show('contradicts', here.filter((mark) => mark.status === 'contradicts').length);
    const refused = here.filter((mark) => mark.status === 'refused').map((mark) => mark.message);
    this.show('refused', refused.length);
    this.root.querySelector('[data-refused]').textContent = refused.join(' ');
  }

  async send() {
    if (this.sending || !navigator.onLine) return;
    this.sending = true;
    try {
      const waiting = (await allMarks()).filter((mark) => mark.status === 'waiting');
      for (const sync of new Set(waiting.map((mark) => mark.sync))) {
        await this.sendTo(sync, waiting.filter((mark) => mark.sync === sync));
      }
    } catch {
      // No network after all: the marks stay and are sent later.
    } finally {
      this.sending = false;
      await this.tell();
    }
  }

  async sendTo(sync, marks) {
    const answer = await fetch(sync, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': document.querySelector('meta[name=csrf]').content,
      },
      body: JSON.stringify({
        marks: marks.map(({ id, learner, state, marked_at, based_on, after }) =>
          ({ id, participation: learner, state, marked_at, based_on, after })),
      }),
    });
    this.show('signed-out', answer.status === 401 || answer.status === 403);
    if (!answer.ok) return;
    const { marks: answers } = await answer.json();
    for (const one of answers) {
      const sent = marks.find((mark) => mark.id === one.id);
      if (sent) await keepAnswer(sent, one);
    }
  }

  // Nothing that waits is thrown away.
  async forget() {
    const here = (await allMarks()).filter((mark) => mark.session === this.session);
    if (here.some((mark) => mark.status === 'waiting')) return this.tell();
    for (const mark of here) await forgetMark(mark);
    if (window.caches) await (await caches.open(kept)).delete(location.pathname);
    location.assign(this.root.dataset.sync.replace('/api/v1', '').replace(/\/sync$/, ''));
  }
}

export async function followOffline() {
  const root = document.querySelector('[data-offline]');
  if (!root || !window.indexedDB) return;
  const sheet = new Sheet(root);
  await sheet.begin();
  const isKept = 'serviceWorker' in navigator && (await keepPage().catch(() => false));
  sheet.show('kept', isKept);
  sheet.show('not-kept', !isKept);
}
