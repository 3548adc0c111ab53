/** What the editor's buttons do to a text. Pure: text, start and end in; text and selection out. */

const AROUND = { bold: "**", italic: "*" };
const BEFORE = { bullets: () => "- ", steps: (index) => `${index + 1}. ` };

/** Apply a mark to the selected part; `sample` stands in when nothing is selected. */
export function mark(kind, text, start, end, sample) {
  if (kind in BEFORE) return lines(text, start, end, BEFORE[kind], sample);
  const chosen = text.slice(start, end) || sample;
  if (kind === "link") return link(text, start, end, chosen);
  const sign = AROUND[kind];
  return put(text, start, end, sign + chosen + sign, sign.length, chosen.length);
}

function link(text, start, end, chosen) {
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  const words = isAddress ? `[](${chosen})` : `[${chosen}](https://)`;
  return isAddress ? put(text, start, end, words, 1, 0) : put(text, start, end, words, chosen.length + 3, 8);
}

function lines(text, start, end, sign, sample) {
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const chosen = text.slice(first, end) || sample;
  const listed = chosen.split("\n").map((line, index) => sign(index) + line).join("\n");
  // A list needs an empty line above it, or it becomes part of the paragraph.
  const needsGap = first > 1 && text[first - 2] !== "\n";
  const gap = needsGap ? "\n" : "";
  return put(text, first, end, gap + listed, gap.length + listed.length, 0);
}

function put(text, start, end, words, offset, length) {
  return { words, start, end, from: start + offset, to: start + offset + length };
}
