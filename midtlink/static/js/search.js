/** The search field of the header: what is found shows under it while one types. */
import { Options } from "./options.js";
import { post, signIn } from "./requests.js";

const PAUSE = 250;
const field = document.getElementById("search");
const said = document.querySelector("[data-search-said]");
const options = field && new Options(field, document.getElementById("search-options"));
let timer;
let asked = 0;

function later() {
  stop();
  if (field.value.trim()) timer = setTimeout(ask, PAUSE);
  else close();
}

/** Forget what is about to be asked, and the answer that is under way. */
function stop() {
  clearTimeout(timer);
  asked += 1;
}

async function ask() {
  stop();
  const mine = asked;
  // The server counts characters, a field counts UTF-16 units.
  const cursor = [...field.value.slice(0, field.selectionStart)].length;
  const fields = new URLSearchParams({ q: field.value, cursor });
  const answer = await post("/soeg/imens", fields).catch(() => null);
  if (answer?.status === 401) return signIn();
  const words = answer?.ok ? await answer.text() : "";
  if (mine === asked && document.activeElement === field) show(words);
}

function show(words) {
  options.show(words);
  said.textContent = options.list.querySelector("[data-said]")?.dataset.said ?? "";
}

function close() {
  stop();
  show("");
}

function walk(step) {
  if (options.isOpen) options.walk(step);
  else if (field.value.trim()) ask();
}

const KEYS = {
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  Enter: () => options.choose(),
  Escape: close,
};

function press(event) {
  const { key, isComposing } = event;
  if (isComposing || !(key in KEYS)) return;
  if ((key === "Enter" && options.here < 0) || (key === "Escape" && !options.isOpen)) return;
  event.preventDefault();
  KEYS[key]();
}

function fill({ target }) {
  const text = target.closest("[data-fill]")?.dataset.fill;
  if (text === undefined) return;
  field.value = text;
  ask();
}

if (field) {
  field.addEventListener("input", later);
  field.addEventListener("keydown", press);
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  options.list.addEventListener("click", fill);
}
