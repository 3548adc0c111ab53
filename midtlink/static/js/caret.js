/** Where the caret of a textarea stands, which no browser says, and writing there. */

const COPIED = [
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "letterSpacing", "lineHeight",
  "paddingBlock", "paddingInline", "tabSize", "textTransform", "wordSpacing",
];

/** Pixels from the upper edge of a textarea to the end of the line with its caret, measured on a copy. */
export function endOfLine(area) {
  const copy = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, {
    boxSizing: "border-box", inlineSize: `${area.clientWidth}px`, overflowWrap: "break-word",
    position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap",
  });
  const caret = document.createElement("span");
  caret.textContent = "|";
  copy.append(area.value.slice(0, area.selectionStart), caret);
  document.body.append(copy);
  const end = caret.offsetTop + caret.offsetHeight - area.scrollTop;
  copy.remove();
  return Math.min(end, area.clientHeight);
}

/** Put words in the place of so many characters before the caret, so that Ctrl+Z takes it back. */
export function replaceBefore(area, length, words) {
  const end = area.selectionStart;
  area.setSelectionRange(end - length, end);
  if (!document.execCommand("insertText", false, words)) area.setRangeText(words, end - length, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
