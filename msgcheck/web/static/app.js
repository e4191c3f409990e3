// Shows how far a check is, and its result when it is done.
"use strict";

const section = document.getElementById("progress");
if (section && ["queued", "running"].includes(section.dataset.state)) {
  const stage = document.getElementById("stage");
  const bar = document.getElementById("bar");
  const source = new EventSource(`/api/v1/jobs/${section.dataset.job}/events`);
  source.addEventListener("progress", (event) => {
    const job = JSON.parse(event.data);
    stage.textContent = job.state === "queued" ? `Waiting: ${job.ahead} before this one` : job.stage;
    if (job.total) {
      bar.max = job.total;
      bar.value = job.done;
    }
  });
  for (const end of ["done", "failed", "cancelled"]) {
    source.addEventListener(end, () => {
      source.close();
      location.reload();
    });
  }
}
