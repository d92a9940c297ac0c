// A session is marked with the keyboard: up and down go from learner to learner, a letter says how it was,
// a digit how many periods.
function rowOf(element) {
  return element.closest('[data-marking] tbody tr');
}

function goTo(row) {
  row?.querySelector('input[type=radio]:checked, input[type=radio]')?.focus();
}

function choose(row, key) {
  for (const label of row.querySelectorAll('[data-key]')) {
    if (label.dataset.key.toLowerCase() !== key) continue;
    label.querySelector('input').checked = true;
    return true;
  }
  return false;
}

export function followMarking() {
  for (const form of document.querySelectorAll('[data-marking]')) {
    form.querySelector('[data-keys]').hidden = false;
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
        return;
      }
      const row = rowOf(event.target);
      if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target.matches('.periods');
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        goTo(event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling);
      } else if (!typing && /^\d$/.test(event.key)) {
        event.preventDefault();
        row.querySelector('.periods').value = event.key;
      } else if (choose(row, event.key.toLowerCase())) {
        event.preventDefault();
        goTo(row.nextElementSibling ?? row);
      }
    });
  }
}
