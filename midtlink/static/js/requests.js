/** What every request of a script needs: the token, the way to sign-in, a word when it failed. */

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Send a form's fields, or nothing, as a write. */
export function post(address, fields = new URLSearchParams()) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    credentials: "same-origin",
    keepalive: true,
  });
}

/** Leave for the sign-in page; it brings one back here. */
export function signIn() {
  const here = location.pathname + location.search;
  location.replace(`/log-ind?next=${encodeURIComponent(here)}`);
}

/** Say something to everybody, also to those who listen. */
export function say(words) {
  const toast = document.querySelector("[data-toast]");
  toast.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { toast.textContent = ""; }, 6000);
}

const failed = () => say(document.querySelector("[data-toast]").dataset.failed);

document.addEventListener("htmx:config:request", ({ detail }) => {
  detail.ctx.request.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:before:response", (event) => {
  const { raw } = event.detail.ctx.response;
  const isSignedOut = raw.status === 401 || new URL(raw.url).pathname === "/log-ind";
  if (!isSignedOut) return;
  event.preventDefault();
  signIn();
});

document.addEventListener("htmx:response:error", failed);
document.addEventListener("htmx:error", failed);

// An error summary takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();
