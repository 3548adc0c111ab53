/** Keys: / to search, n to ask, ? for the list. The person can switch them off. */

const isOn = document.body.dataset.keys === "on";
const GO = {
  "/": () => document.getElementById("search")?.select(),
  "?": () => document.getElementById("keys")?.showModal(),
  n: () => document.querySelector(".ask-button")?.click(),
};

function isWriting(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}

if (isOn) {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const isBusy = isWriting(target) || document.querySelector("dialog[open]");
    if (ctrlKey || metaKey || altKey || isBusy || !(key in GO)) return;
    event.preventDefault();
    GO[key]();
  });
}
