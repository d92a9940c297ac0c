// Marks that a phone keeps until they are sent: one for each learner of a session, in IndexedDB.
//
// A mark: session, learner, id (its own, so that sending it twice doubles nothing), state, marked_at,
// based_on (the event that stood when the list was seen), after (the phone's own mark before it), sync
// (where it is sent), status: waiting, done, contradicts or refused; event, message: what was answered.
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('tiendo-attendance', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('marks', { keyPath: ['session', 'learner'] });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('marks', mode);
    const asked = work(transaction.objectStore('marks'));
    transaction.oncomplete = () => { database.close(); resolve(asked?.result); };
    transaction.onerror = () => { database.close(); reject(transaction.error); };
  });
}

export const allMarks = () => within('readonly', (marks) => marks.getAll());
export const keepMark = (mark) => within('readwrite', (marks) => marks.put(mark));
export const forgetMark = (mark) => within('readwrite', (marks) => marks.delete([mark.session, mark.learner]));

// The answer to a mark is kept unless the learner was marked anew while it was on its way.
export function keepAnswer(sent, answer) {
  return within('readwrite', (marks) => {
    const asked = marks.get([sent.session, sent.learner]);
    asked.onsuccess = () => {
      const now = asked.result;
      if (!now || now.id !== sent.id) return;
      const status = { recorded: 'done', known: 'done', contradicts: 'contradicts' }[answer.outcome] ?? 'refused';
      marks.put({ ...now, status, event: answer.event ?? now.event, message: answer.message });
    };
    return asked;
  });
}

// 32 hexadecimal digits; crypto.randomUUID is only there over https.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Ids are 64-bit numbers as text.
export function later(a, b) {
  const [first, second] = [a ?? '0', b ?? '0'];
  return (first.length - second.length || (first < second ? -1 : 1)) > 0 ? first : second;
}
