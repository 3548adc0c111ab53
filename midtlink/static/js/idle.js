/** A screen left alone: warn a minute before the sign-in ends, save, empty the page, leave. */
import { post, signIn } from "./requests.js";

const WARNING = 60;
const LAST_CALL = 5;
const ASK_EVERY = 10;
// The server counts in whole seconds: arriving too early would find the sign-in alive and renew it.
const GRACE = 2000;
const limit = Number(document.body.dataset.idleSeconds);
const dialog = document.getElementById("idle");
let deadline = 0;
let ticking;

const left = () => Math.ceil((deadline - Date.now()) / 1000);
const save = () => document.dispatchEvent(new Event("midtlink:save"));

/** Ask the server, which also knows of other windows. Asking never renews. */
async function ask() {
  const answer = await fetch("/log-ind/tilbage", { headers: { "HX-Request": "true" } });
  if (answer.status === 401 || answer.redirected) return start(0);
  if (!answer.ok) throw new Error(answer.status);
  start((await answer.json()).seconds);
}

function start(seconds) {
  deadline = Date.now() + seconds * 1000;
  clearTimeout(ticking);
  if (seconds > WARNING) {
    if (dialog.open) dialog.close();
    ticking = setTimeout(check, (seconds - WARNING) * 1000);
  } else tick();
}

/** The network may be gone: then our own clock decides. */
async function check() {
  await ask().catch(() => start(left()));
}

function tick() {
  const seconds = left();
  if (seconds <= 0) return leave();
  if (!dialog.open) { save(); dialog.showModal(); }
  if (seconds === LAST_CALL) save();
  const words = dialog.querySelector("[data-left]");
  words.textContent = words.dataset.left.replace("{seconds}", seconds);
  const isTimeToAsk = seconds % ASK_EVERY === 0 || seconds === 1;
  ticking = setTimeout(isTimeToAsk ? check : tick, 1000);
}

function leave() {
  clearTimeout(ticking);
  document.body.replaceChildren();
  document.title = "MidtLink";
  setTimeout(signIn, GRACE);
}

async function stay() {
  const answer = await post("/log-ind/forny").catch(() => null);
  if (answer?.status === 401) start(0);
  else check();
}

if (limit && dialog) {
  start(limit);
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", stay);
  // A computer that slept has stopped our timers: look again when somebody looks at the page.
  document.addEventListener("visibilitychange", () => document.hidden || check());
  addEventListener("pageshow", ({ persisted }) => persisted && check());
}
