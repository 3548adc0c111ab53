/** A textarea with a toolbar in words. Pasted pictures are declined kindly, Word becomes plain text. */
import { mark } from "./marks.js";

class TextEditor extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.tools = this.querySelector("[role=toolbar]");
    this.note = this.querySelector(".editor-note");
    this.tools.hidden = false;
    this.tools.addEventListener("click", this.press);
    this.tools.addEventListener("keydown", this.walk);
    this.area.addEventListener("keydown", this.send);
    this.area.addEventListener("paste", this.paste);
    this.area.addEventListener("drop", this.paste);
  }

  press = ({ target }) => {
    const button = target.closest("[data-mark]");
    if (!button) return;
    const { value, selectionStart, selectionEnd } = this.area;
    const { mark: kind, sample } = button.dataset;
    this.write(mark(kind, value, selectionStart, selectionEnd, sample));
  };

  /** The arrow keys move between the buttons; Tab leaves them. */
  walk = (event) => {
    const buttons = [...this.tools.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const goal = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: last }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const next = buttons.at(goal > last ? 0 : goal);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  };

  send = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.area.form?.requestSubmit();
  };

  paste = (event) => {
    const given = event.clipboardData ?? event.dataTransfer;
    const words = given.getData("text/plain");
    const isPicture = [...given.files].some((file) => file.type.startsWith("image/"));
    // Word and Excel send a picture beside the words: the words are what is wanted.
    if (words || !isPicture) return;
    event.preventDefault();
    this.note.textContent = this.dataset.noPictures;
  };

  /** Written through the browser, so that Ctrl+Z takes it back. */
  write({ words, start, end, from, to }) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) this.area.setRangeText(words, start, end);
    this.area.setSelectionRange(from, to);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("text-editor", TextEditor);
