/** Everything that pages gain from scripts; each works without. */
import "./requests.js";
import "./bell.js";
import "./copy.js";
import "./draft.js";
import "./editor.js";
import "./idle.js";
import "./keys.js";
import "./mentions.js";
import "./overlay.js";
import "./search.js";
