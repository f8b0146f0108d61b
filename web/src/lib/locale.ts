// In which language, in which time zone: what the person chose on this device, or else what the browser says. Known before
// anything is drawn; a new choice loads the page anew.

export const k_languages = {en: 'English', fr: 'Français', ar: 'العربية'} as const;
export type Language = keyof typeof k_languages;

const stored = (key: string) => (typeof localStorage === 'undefined' ? null : localStorage.getItem(`touchline.${key}`));
const wishes = typeof navigator === 'undefined' ? [] : navigator.languages ?? [];
const is_known = (name: string | null | undefined): name is Language => !!name && name in k_languages;

const asked = wishes.map(wish => wish.split('-')[0]).find(is_known);
const chosen = stored('language');
export const language: Language = is_known(chosen) ? chosen : asked ?? 'en';
const k_variants = {en: 'en-GB', fr: 'fr', ar: 'ar'};
const own_variant = language === 'en' ? undefined : wishes.find(wish => wish.startsWith(`${language}-`));
/** For dates and numbers: the person's own variant of the language where the browser names one. The digits are those of the
 *  records that stand between them. */
export const locale: string = `${own_variant ?? k_variants[language]}-u-nu-latn`;
export const direction = language === 'ar' ? 'rtl' : 'ltr';

const is_zone = (zone: string) => {
  try {
    return !!new Intl.DateTimeFormat('en', {timeZone: zone});
  } catch {
    return false;
  }
};
const wanted_zone = stored('zone') ?? '';
/** Empty: the device's own. */
export const chosen_zone = wanted_zone && is_zone(wanted_zone) ? wanted_zone : '';
export const zone_name = chosen_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;

export function choose(key: 'language' | 'zone', value: string): void {
  if (value) localStorage.setItem(`touchline.${key}`, value);
  else localStorage.removeItem(`touchline.${key}`);
  location.reload();
}
