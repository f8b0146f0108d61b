// The glyphs in use, from Lucide (ISC). Only these enter the bundle.
import alert from 'lucide-static/icons/circle-alert.svg';
import app from 'lucide-static/icons/smartphone.svg';
import book from 'lucide-static/icons/book-open.svg';
import calendar from 'lucide-static/icons/calendar-days.svg';
import campaign from 'lucide-static/icons/megaphone.svg';
import cart from 'lucide-static/icons/shopping-cart.svg';
import case_ from 'lucide-static/icons/ticket.svg';
import chat from 'lucide-static/icons/message-circle.svg';
import clock from 'lucide-static/icons/clock.svg';
import close from 'lucide-static/icons/x.svg';
import connections from 'lucide-static/icons/cable.svg';
import cookie from 'lucide-static/icons/cookie.svg';
import dead from 'lucide-static/icons/archive-x.svg';
import deal from 'lucide-static/icons/handshake.svg';
import delivery from 'lucide-static/icons/truck.svg';
import destinations from 'lucide-static/icons/radio-tower.svg';
import email from 'lucide-static/icons/mail.svg';
import event from 'lucide-static/icons/calendar.svg';
import external from 'lucide-static/icons/external-link.svg';
import id from 'lucide-static/icons/id-card.svg';
import inbound from 'lucide-static/icons/arrow-down-left.svg';
import internal from 'lucide-static/icons/lock.svg';
import invoice from 'lucide-static/icons/receipt.svg';
import keyboard from 'lucide-static/icons/keyboard.svg';
import merge from 'lucide-static/icons/merge.svg';
import messaging from 'lucide-static/icons/messages-square.svg';
import moon from 'lucide-static/icons/moon.svg';
import note from 'lucide-static/icons/sticky-note.svg';
import order from 'lucide-static/icons/package.svg';
import other from 'lucide-static/icons/hash.svg';
import outbound from 'lucide-static/icons/arrow-up-right.svg';
import payment from 'lucide-static/icons/credit-card.svg';
import people from 'lucide-static/icons/users.svg';
import phone from 'lucide-static/icons/phone.svg';
import pin from 'lucide-static/icons/pin.svg';
import play from 'lucide-static/icons/play.svg';
import post from 'lucide-static/icons/mailbox.svg';
import retry from 'lucide-static/icons/rotate-cw.svg';
import review from 'lucide-static/icons/user-check.svg';
import search from 'lucide-static/icons/search.svg';
import user from 'lucide-static/icons/user.svg';
import sms from 'lucide-static/icons/message-square-text.svg';
import social from 'lucide-static/icons/at-sign.svg';
import split from 'lucide-static/icons/split.svg';
import store from 'lucide-static/icons/store.svg';
import sun from 'lucide-static/icons/sun.svg';
import survey from 'lucide-static/icons/star.svg';
import task from 'lucide-static/icons/circle-check.svg';
import undo from 'lucide-static/icons/undo-2.svg';
import up from 'lucide-static/icons/arrow-up.svg';
import web from 'lucide-static/icons/globe.svg';

export const glyphs = {
  alert, app, book, calendar, campaign, cart, case: case_, chat, clock, close, connections, cookie, dead, deal, delivery,
  destinations, email, event, external, id, inbound, internal, invoice, keyboard, merge, messaging, moon, note, order, other,
  outbound, payment, people, phone, pin, play, post, retry, review, search, sms, social, split, store, sun, survey, task, undo,
  up, user, web,
};
export type Glyph = keyof typeof glyphs;
