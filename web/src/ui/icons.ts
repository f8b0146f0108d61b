// The glyphs in use, from Lucide (ISC). Only these enter the bundle.
import app from 'lucide-static/icons/smartphone.svg';
import campaign from 'lucide-static/icons/megaphone.svg';
import alert from 'lucide-static/icons/circle-alert.svg';
import cart from 'lucide-static/icons/shopping-cart.svg';
import case_ from 'lucide-static/icons/ticket.svg';
import chat from 'lucide-static/icons/message-circle.svg';
import clock from 'lucide-static/icons/clock.svg';
import close from 'lucide-static/icons/x.svg';
import deal from 'lucide-static/icons/handshake.svg';
import delivery from 'lucide-static/icons/truck.svg';
import email from 'lucide-static/icons/mail.svg';
import event from 'lucide-static/icons/calendar.svg';
import external from 'lucide-static/icons/external-link.svg';
import inbound from 'lucide-static/icons/arrow-down-left.svg';
import internal from 'lucide-static/icons/lock.svg';
import invoice from 'lucide-static/icons/receipt.svg';
import keyboard from 'lucide-static/icons/keyboard.svg';
import messaging from 'lucide-static/icons/messages-square.svg';
import moon from 'lucide-static/icons/moon.svg';
import note from 'lucide-static/icons/sticky-note.svg';
import order from 'lucide-static/icons/package.svg';
import other from 'lucide-static/icons/hash.svg';
import outbound from 'lucide-static/icons/arrow-up-right.svg';
import payment from 'lucide-static/icons/credit-card.svg';
import phone from 'lucide-static/icons/phone.svg';
import post from 'lucide-static/icons/mailbox.svg';
import search from 'lucide-static/icons/search.svg';
import sms from 'lucide-static/icons/message-square-text.svg';
import social from 'lucide-static/icons/at-sign.svg';
import store from 'lucide-static/icons/store.svg';
import sun from 'lucide-static/icons/sun.svg';
import survey from 'lucide-static/icons/star.svg';
import task from 'lucide-static/icons/circle-check.svg';
import up from 'lucide-static/icons/arrow-up.svg';
import web from 'lucide-static/icons/globe.svg';

export const glyphs = {
  alert, app, campaign, cart, case: case_, chat, clock, close, deal, delivery, email, event, external, inbound, internal, invoice, keyboard,
  messaging, moon, note, order, other, outbound, payment, phone, post, search, sms, social, store, sun, survey, task, up, web,
};
export type Glyph = keyof typeof glyphs;
