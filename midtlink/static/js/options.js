/** Options under a field, walked with the arrows; the focus stays in the field (combobox pattern). */

export class Options {
  constructor(field, list) {
    Object.assign(this, { field, list, here: -1 });
    const roles = { "aria-autocomplete": "list", "aria-controls": list.id, "aria-haspopup": "listbox" };
    // A field of many lines stays a text field: only one of a single line may be a combobox.
    if (field.localName === "input") roles.role = "combobox";
    for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
    // A press on an option keeps the focus in the field, so that the click still finds the option.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    this.show("");
  }

  get all() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  show(words) {
    this.list.innerHTML = words;
    this.list.hidden = this.all.length === 0;
    if (this.field.hasAttribute("role")) this.field.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(-1);
  }

  /** Mark the option at a place; -1 is the field itself. */
  mark(place) {
    this.here = place;
    const chosen = this.all[place];
    for (const option of this.all) option.setAttribute("aria-selected", String(option === chosen));
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.field.setAttribute("aria-activedescendant", chosen.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  walk(step) {
    const places = this.all.length + 1;
    this.mark(((this.here + 1 + step + places) % places) - 1);
  }

  choose() {
    this.all[this.here].click();
  }
}
