/** The number of new messages in the header, asked for every minute while the page is looked at. */

const EVERY = 60_000;
const bell = document.querySelector("[data-bell]");
let etag = null;
let timer = null;

/** Show how many are new, or nothing. */
function show(number) {
  const shown = bell.querySelector("[data-bell-number]");
  shown.textContent = number < 100 ? String(number) : "99+";
  shown.hidden = number === 0;
}

/** Ask once. The tag is kept here: pages are stored nowhere, so the browser would not send it. */
async function ask() {
  const headers = etag ? { "If-None-Match": etag } : {};
  const answer = await fetch(bell.dataset.bell, { headers, cache: "no-store" });
  if (answer.status === 304) return true;
  if (!answer.ok || answer.redirected) return false;
  etag = answer.headers.get("ETag");
  show((await answer.json()).number);
  return true;
}

/** Ask now and every minute from now on, until nobody looks or the sign-in has ended. */
async function poll() {
  stop();
  let goesOn = true;
  try {
    goesOn = await ask();
  } catch {
    goesOn = true;
  }
  if (goesOn && document.visibilityState === "visible") timer = setTimeout(poll, EVERY);
}

function stop() {
  clearTimeout(timer);
  timer = null;
}

if (bell) {
  timer = setTimeout(poll, EVERY);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? poll() : stop()));
}
