/** Saves the form around it on the server, two seconds after the last key. */
import { post } from "./requests.js";

const PAUSE = 2000;

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    if (!this.form) return;
    this.form.addEventListener("input", this.later);
    this.form.addEventListener("submit", this.stop);
    document.addEventListener("midtlink:save", this.now);
    addEventListener("pagehide", this.now);
  }

  disconnectedCallback() {
    this.stop();
    document.removeEventListener("midtlink:save", this.now);
    removeEventListener("pagehide", this.now);
  }

  later = () => {
    this.isChanged = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.now, PAUSE);
  };

  stop = () => {
    this.isChanged = false;
    clearTimeout(this.timer);
  };

  now = async () => {
    if (!this.isChanged) return;
    this.stop();
    try {
      const answer = await post(this.dataset.action, this.fields());
      if (!answer.ok) throw new Error(answer.status);
      this.tell(await answer.json());
    } catch {
      this.isChanged = true;
      this.textContent = this.dataset.failed;
      this.timer = setTimeout(this.now, 5 * PAUSE);
    }
  };

  fields() {
    const fields = new URLSearchParams(new FormData(this.form));
    fields.set("draft_kind", this.dataset.kind);
    fields.set("draft_about", this.dataset.about);
    return fields;
  }

  tell({ time, masked }) {
    const words = masked ? this.dataset.masked : this.dataset.saved;
    this.classList.toggle("is-masked", masked);
    this.textContent = words.replace("{time}", time);
  }
}

customElements.define("draft-keeper", DraftKeeper);
