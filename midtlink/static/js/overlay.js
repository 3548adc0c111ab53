/** Dialogs open by data-open and close by data-close; a menu closes on Escape or a click elsewhere. */

for (const button of document.querySelectorAll("[data-open][hidden]")) button.hidden = false;

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  target.closest("[data-close]")?.closest("dialog").close();
  for (const menu of openMenus()) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("focusin", ({ target }) => {
  for (const menu of openMenus()) {
    if (!menu.contains(target)) menu.open = false;
  }
});

/** A menu that would leave the screen opens to the other side. */
document.addEventListener("toggle", ({ target: menu }) => {
  if (!menu.matches("details.menu[open]")) return;
  menu.classList.remove("is-flipped");
  const { right } = menu.querySelector(".menu-items").getBoundingClientRect();
  menu.classList.toggle("is-flipped", right > document.documentElement.clientWidth);
}, true);
