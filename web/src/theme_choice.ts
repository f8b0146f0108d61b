// Light or dark: what the person chose on this device, or else what the system asks for.
const k_stored = 'touchline.theme';

export const dark_system = matchMedia('(prefers-color-scheme: dark)');
export type Theme = 'light' | 'dark';

export function apply_theme(): Theme {
  const chosen = localStorage.getItem(k_stored);
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark_system.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  return theme;
}

export function choose_theme(theme: Theme): void {
  localStorage.setItem(k_stored, theme);
}
