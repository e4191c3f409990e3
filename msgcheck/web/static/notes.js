// Opens the note of a highlight beside its words, on click, tap or Tab; steps from note to note.

function close(reading) {
  for (const open of reading.querySelectorAll(".note.open")) open.classList.remove("open");
  for (const hit of reading.querySelectorAll(".hit.on")) {
    hit.classList.remove("on");
    hit.setAttribute("aria-expanded", "false");
  }
  reading.style.minHeight = "";
}

// All notes whose words end with the highlight; of words inside others, the one that it links to.
function notesOf(hit) {
  const target = hit.getAttribute("href").slice(1);
  const page = target.slice(0, target.lastIndexOf("-f"));
  const ends = hit.querySelector("sup")?.textContent.match(/\d+/g) ?? [];
  const ids = new Set([target, ...ends.map((number) => `${page}-f${number}`)]);
  return [...ids].map((id) => document.getElementById(id)).filter(Boolean);
}

function open(reading, hit) {
  if (hit.classList.contains("on")) return;
  close(reading);
  const found = notesOf(hit);
  for (const note of found) note.classList.add("open");
  for (const same of reading.querySelectorAll(`.hit[href="${hit.getAttribute("href")}"]`)) {
    same.classList.add("on");
    same.setAttribute("aria-expanded", "true");
  }
  const below = found[0]?.parentElement.getBoundingClientRect().bottom ?? 0;
  const over = below - reading.getBoundingClientRect().bottom;
  if (over > 0) reading.style.minHeight = `${reading.offsetHeight + over}px`;
}

function step(reading, by) {
  const hits = [...reading.querySelectorAll(".hit")].filter((hit) => hit.querySelector("sup"));
  if (!hits.length) return;
  const at = hits.findIndex((hit) => hit.classList.contains("on"));
  const next = hits[(at < 0 ? (by > 0 ? 0 : hits.length - 1) : at + by + hits.length) % hits.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function buttons(reading) {
  const steps = document.querySelector(".steps");
  if (!steps || !reading.querySelector(".hit")) return;
  steps.hidden = false;
  for (const button of steps.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(reading, Number(button.dataset.step)));
  }
  const all = steps.querySelector("[data-all]");
  all.addEventListener("click", () => {
    close(reading);
    all.setAttribute("aria-pressed", String(reading.classList.toggle("all")));
  });
}

export function notes() {
  const reading = document.querySelector(".bench .reading");
  if (!reading) return;
  for (const hit of reading.querySelectorAll(".hit")) hit.setAttribute("aria-expanded", "false");
  let pressed = null;
  reading.addEventListener("pointerdown", (event) => {
    const hit = event.target.closest(".hit");
    // A second press closes; the note that stands open at first was opened by nobody.
    pressed = hit === document.activeElement && hit?.classList.contains("on") ? hit : null;
  });
  reading.addEventListener("focusin", (event) => {
    const hit = event.target.closest(".hit");
    if (hit) open(reading, hit);
  });
  reading.addEventListener("click", (event) => {
    const hit = event.target.closest(".hit");
    if (!hit) return;
    event.preventDefault();
    if (hit === pressed) {
      close(reading);
    } else if (hit.classList.contains("on") && event.detail === 0) {
      const note = notesOf(hit)[0];
      (note?.querySelector("textarea") ?? note?.querySelector("a"))?.focus();
    } else {
      open(reading, hit);
    }
  });
  reading.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const note = event.target.closest(".note");
    const hit = reading.querySelector(".hit.on");
    if (note && hit) hit.focus();
    close(reading);
  });
  buttons(reading);
  const linked = reading.querySelector(`.hit[href="#${CSS.escape(location.hash.slice(1))}"]`);
  const first = linked ?? reading.querySelector(".hit:has(sup)");
  if (first) open(reading, first);
}
