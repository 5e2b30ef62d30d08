/* What every part of the page's script uses. The page does by itself: theme, the words of errors beside their fields, what
   is saved, the clock, the plan's news. Every word it shows stands in the page's markup. Nothing here may hold an answer back. */
const root = document.documentElement;
const LONGEST_WAIT = 3000; // a cell with a fault never draws what the first paint shows
const LONGEST_FOLLOW = 10000;
const CALL_EVERY = 5000;
const ANSWERS = 3; // of a server that is there while marimo stays away
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const stored = (store, key) => { try { return store.getItem(key); } catch { return null; } };
const store = (place, key, value) => { try { place.setItem(key, value); } catch { /* a private window keeps nothing */ } };

const icon = document.querySelector('link[rel="icon"]'); // marimo would put its own there, and one that is not found
if (icon) Object.defineProperty(icon, "href", { get: () => icon.getAttribute("href"), set: () => {} });
