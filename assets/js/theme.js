// Light and dark without asking for the page again. The server does the same for ?theme=dark,
// and reads the cookie set here.
const themes = ['auto', 'light', 'dark'];

export function followTheme() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-theme-choice]');
    if (!link || event.ctrlKey || event.metaKey) return;
    const chosen = link.dataset.themeChoice;
    if (!themes.includes(chosen)) return;
    event.preventDefault();
    document.documentElement.dataset.bsTheme = chosen;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    for (const other of document.querySelectorAll('[data-theme-choice]')) {
      other.hidden = other.dataset.themeChoice === chosen;
    }
    link.parentElement.querySelector('[data-theme-choice]:not([hidden])')?.focus();
  });
}
