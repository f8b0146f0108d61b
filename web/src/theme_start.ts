// Runs before the page is painted, so that dark does not flash up light, nor what is read from the right jump over.
import {direction, language} from './lib/locale';
import {apply_theme} from './theme_choice';

apply_theme();
document.documentElement.lang = language;
document.documentElement.dir = direction;
