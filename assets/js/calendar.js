// A session of the week goes to another half-day by dragging it, or by M, arrows and Enter. The form on its
// own page does the same without any of this, and is where a clash is answered with a note.

function send(table, card, cell) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = `/sessions/${card.dataset.session}/move`;
  const fields = {
    csrf: table.dataset.csrf,
    held_on: cell.dataset.day,
    half_day: cell.dataset.halfDay,
    sequence: card.dataset.sequence,
    back: table.dataset.back,
  };
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function prepare(table) {
  const spoken = document.querySelector('[data-calendar-says]');
  const say = (text) => {
    if (spoken) spoken.textContent = text;
  };
  const cellOf = (element) => element.closest('[data-half-day]');
  let picked = null; // the card in the hand
  let over = null; // the cell it would go to

  const point = (cell) => {
    over?.classList.remove('drop');
    over = cell;
    over?.classList.add('drop');
  };
  const letGo = () => {
    picked?.classList.remove('picked');
    picked = null;
    point(null);
  };
  const putDown = () => {
    const [card, cell] = [picked, over];
    letGo();
    if (!card || !cell || cell === cellOf(card)) return say(table.dataset.left);
    say(`${table.dataset.taken} ${cell.dataset.name}`);
    send(table, card, cell);
  };
  const pick = (card) => {
    picked = card;
    card.classList.add('picked');
    point(cellOf(card));
  };

  for (const link of table.querySelectorAll('[data-movable]')) {
    const card = link.closest('[data-session]');
    card.draggable = true;
    link.setAttribute('aria-keyshortcuts', 'M');
    card.addEventListener('dragstart', (event) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', card.dataset.session);
      pick(card);
    });
    card.addEventListener('dragend', letGo);
  }
  table.addEventListener('dragover', (event) => {
    const cell = cellOf(event.target);
    if (!picked || !cell) return;
    event.preventDefault();
    if (cell !== over) point(cell);
  });
  table.addEventListener('drop', (event) => {
    if (!picked) return;
    event.preventDefault();
    putDown();
  });

  const step = (columns, rows) => {
    const row = over.parentElement;
    const cells = (of) => [...of.querySelectorAll('[data-half-day]')];
    const at = cells(row).indexOf(over);
    const to = rows < 0 ? row.previousElementSibling : rows > 0 ? row.nextElementSibling : row;
    const cell = to && cells(to)[at + columns];
    if (!cell) return;
    point(cell);
    say(`${table.dataset.over} ${cell.dataset.name}`);
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  table.addEventListener('keydown', (event) => {
    const link = event.target.closest('[data-movable]');
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!picked && event.key.toLowerCase() === 'm') {
      pick(link.closest('[data-session]'));
      say(table.dataset.picked);
    } else if (picked && arrows[event.key]) {
      step(...arrows[event.key]);
    } else if (picked && event.key === 'Enter') {
      putDown();
    } else if (picked && event.key === 'Escape') {
      letGo();
      say(table.dataset.left);
    } else {
      return;
    }
    event.preventDefault();
  });
  // Whoever goes elsewhere with the card in the hand leaves it where it was.
  table.addEventListener('focusout', (event) => {
    if (picked && event.relatedTarget && !table.contains(event.relatedTarget)) letGo();
  });
}

export function moveSessions(root) {
  for (const table of root.querySelectorAll('[data-calendar]')) prepare(table);
  for (const how of root.querySelectorAll('.drag-how')) how.hidden = false;
}
