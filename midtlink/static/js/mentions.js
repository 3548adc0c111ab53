/** Colleagues to name: who could be meant shows under the line while one types an @ and letters. */
import { endOfLine, replaceBefore } from "./caret.js";
import { Options } from "./options.js";

const PAUSE = 150;
/** The same words as midtlink/mentions.py finds, at the caret. */
const BEGUN = /(?<![\p{L}\p{N}\p{M}_@.+/-])@([\p{L}\p{N}][\p{L}\p{N}\p{M}_.+-]{0,59})$/u;

class MentionList extends HTMLElement {
  connectedCallback() {
    this.area = document.getElementById(this.dataset.for);
    this.said = this.querySelector("[role=status]");
    this.options = new Options(this.area, this.querySelector("[role=listbox]"));
    this.asked = 0;
    this.area.addEventListener("input", this.later);
    this.area.addEventListener("keydown", this.press);
    this.area.addEventListener("click", this.close);
    this.area.addEventListener("blur", this.close);
    this.options.list.addEventListener("click", this.choose);
  }

  get typed() {
    const { value, selectionStart, selectionEnd } = this.area;
    return selectionStart === selectionEnd ? value.slice(0, selectionStart).match(BEGUN)?.[1] : "";
  }

  later = () => {
    this.stop();
    if (this.typed) this.timer = setTimeout(() => this.ask(this.typed), PAUSE);
    else this.close();
  };

  /** Forget what is about to be asked, and the answer that is under way. */
  stop() {
    clearTimeout(this.timer);
    this.asked += 1;
  }

  async ask(typed) {
    const mine = this.asked;
    const asking = new URLSearchParams({ q: typed, question_id: this.dataset.question });
    const headers = { "HX-Request": "true" };
    const answer = await fetch(`/omtale?${asking}`, { headers }).catch(() => null);
    const words = answer?.ok ? await answer.text() : "";
    if (mine === this.asked && document.activeElement === this.area) this.show(words);
  }

  show(words) {
    const { list } = this.options;
    this.options.show(words);
    this.said.textContent = list.querySelector("[data-said]")?.dataset.said ?? "";
    if (!this.options.isOpen) return;
    const above = this.area.getBoundingClientRect().top - this.getBoundingClientRect().top;
    list.style.insetBlockStart = `${above + endOfLine(this.area)}px`;
    list.scrollIntoView({ block: "nearest" });
    this.options.walk(1);
  }

  close = () => {
    this.stop();
    this.show("");
  };

  press = (event) => {
    if (!this.options.isOpen || event.isComposing || event.ctrlKey || event.metaKey) return;
    const choose = this.options.here >= 0 && !event.shiftKey && (() => this.options.choose());
    const act = {
      ArrowDown: () => this.options.walk(1),
      ArrowUp: () => this.options.walk(-1),
      Enter: choose,
      Tab: choose,
      Escape: this.close,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  choose = ({ target }) => {
    const word = target.closest("[data-word]")?.dataset.word;
    if (word) replaceBefore(this.area, this.typed?.length ?? 0, `${word} `);
  };
}

customElements.define("mention-list", MentionList);
