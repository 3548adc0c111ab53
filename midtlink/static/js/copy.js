/** A button that copies an address. It is hidden until this script has run. */
import { say } from "./requests.js";

function show(root) {
  for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const address = new URL(button.dataset.copy, location.href).href;
  await copy(address);
  say(button.dataset.copied);
});

/** Plain http on a hospital's network has no clipboard of its own: fall back to a selection. */
async function copy(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  const field = document.createElement("textarea");
  field.value = words;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

show(document);
document.addEventListener("htmx:after:swap", () => show(document));
