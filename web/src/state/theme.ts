import {signal} from '@preact/signals';
import {apply_theme, choose_theme, dark_system} from '../theme_choice';

export const theme = signal(apply_theme());
dark_system.addEventListener('change', () => (theme.value = apply_theme()));

export function switch_theme(): void {
  choose_theme(theme.value === 'dark' ? 'light' : 'dark');
  theme.value = apply_theme();
}
