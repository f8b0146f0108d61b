// What can come a moment later than the first rows: the side panel, the journey, and a row's details.
export {JourneyStrip} from './journey_strip';
export {Details} from './row_details';
export {SidePanel} from './side_panel';
