// A condition of a rule: the words that the chosen fact may have are offered with the field for them.
// Without this script they are, too, from the next time the server draws the form.
export function offerVocabulary(root) {
  for (const form of root.querySelectorAll('[data-vocabulary]')) {
    form.addEventListener('change', (event) => {
      if (!event.target.name?.startsWith('fact-')) return;
      const place = event.target.name.slice('fact-'.length);
      const list = document.getElementById(`words-of-${event.target.value}`);
      const words = form.querySelector(`[name="words-${place}"]`);
      words.setAttribute('list', list?.id ?? '');
      const names = [...(list?.options ?? [])].map((option) => option.value);
      document.getElementById(`allowed-${place}`).textContent = names.join(', ');
    });
  }
}
