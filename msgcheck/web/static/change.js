// Puts words in and shows the new result in the place of the old one, without leaving the page.

function say(text) {
  document.getElementById("live").textContent = text;
}

// The words stand there at once; the measures follow when the changed copy has been read.
function preview(form) {
  const note = form.closest(".note");
  const words = form.elements.words?.value;
  if (!note || !words) return null;
  const hit = document.querySelector(`.hit[href="#${note.id}"]`);
  const piece = hit?.querySelector(".u:not(:has(.u))");
  if (piece && hit.querySelector("sup")) piece.textContent = words;
  return hit?.closest("[id*='-b']")?.id ?? null;
}

async function show(response, block, start) {
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || !fresh.querySelector(".bench")) {
    location.assign(response.url);
    return;
  }
  history.pushState(null, "", response.url.split("#")[0]);
  document.title = fresh.title;
  document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
  start();
  const place = block && document.getElementById(block);
  const focus = place?.querySelector(".hit") ?? place ?? document.querySelector(".told a");
  if (focus && !focus.matches("a")) focus.tabIndex = -1;
  focus?.focus({ preventScroll: true });
  say(document.querySelector(".told span")?.textContent ?? "As it was.");
}

async function ask(address, options, block, start) {
  const bench = document.querySelector(".bench");
  bench?.setAttribute("aria-busy", "true");
  say("Reading the changed copy.");
  try {
    await show(await fetch(address, options), block, start);
  } catch {
    bench?.removeAttribute("aria-busy");
    say("The server did not answer. Nothing is lost: try again.");
    document.getElementById("live").classList.remove("sr");
  }
}

export function change(start) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest(".bench")) return;
    event.preventDefault();
    const body = new FormData(form);
    const block = preview(form);
    ask(form.action, { method: "POST", body }, block, start);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.swap");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href, {}, null, start);
  });
  window.addEventListener("popstate", () => location.reload());
}
