// Starts what a page of the app has use for; every page works without it.
import { watch } from "./progress.js";
import { change } from "./change.js";
import { notes } from "./notes.js";
import { share } from "./share.js";

export function start() {
  watch();
  notes();
  share();
}

change(start);
start();
