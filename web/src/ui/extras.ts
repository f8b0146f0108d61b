// What few visits need, in one file: fetched when the first of it is asked for.
export {Decide} from './decide';
export {DecisionLine} from './decision_line';
export {Help} from './help';
export {Home} from './home';
export {Settings} from './settings';
export {SignIn} from './sign_in';
