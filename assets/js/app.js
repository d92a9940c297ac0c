// What pages do beyond what the server sends. Every page works without any of it.
import 'htmx.org';
import 'bootstrap/js/dist/offcanvas';
import { followMarking } from './marking.js';
import { followOffline } from './offline.js';
import { moveSessions } from './calendar.js';
import { followTheme } from './theme.js';
import { offerVocabulary } from './vocabulary.js';

// Ctrl+K, or a slash where nothing is being typed, goes to the search box.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  const asked = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !typing);
  const box = document.querySelector('[data-search]');
  if (!asked || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

function prepare(root) {
  // After a refused form the reader, and a screen reader, starts at the list of what is wrong.
  root.querySelector('[data-focus]')?.focus();

  for (const button of root.querySelectorAll('[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // A secret shown once is selected by a click, so that nothing of it is left behind.
  for (const text of root.querySelectorAll('[data-copy]')) {
    text.addEventListener('click', () => window.getSelection().selectAllChildren(text));
  }

  // A secret address is shown with the name of the site it belongs to.
  for (const text of root.querySelectorAll('[data-absolute]')) {
    if (text.textContent.startsWith('/')) text.textContent = location.origin + text.textContent;
  }

  // Ticks or unticks every box of its table.
  for (const all of root.querySelectorAll('[data-check-all]')) {
    all.hidden = false;
    all.addEventListener('change', () => {
      for (const box of all.closest('table').querySelectorAll('tbody input[type=checkbox]')) box.checked = all.checked;
    });
  }

  moveSessions(root);
  offerVocabulary(root);

  // A link to a folded form (/cohorts/7#closing) opens it.
  const aimed = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (aimed instanceof HTMLDetailsElement) aimed.open = true;
}

// The same form is not sent twice by an impatient click.
document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

followTheme();
followMarking();
followOffline();
prepare(document);
document.addEventListener('htmx:afterSwap', (event) => prepare(event.target));
