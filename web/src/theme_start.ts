// Runs before the page is painted, so that dark does not flash up light.
import {apply_theme} from './theme_choice';

apply_theme();
