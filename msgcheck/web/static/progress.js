// Shows how far a check is, and its result when it is done.
const ENDS = ["done", "failed", "cancelled"];

function told(job) {
  if (job.state === "queued") {
    return job.ahead ? `Waiting: ${job.ahead} before this one` : "Waiting for its turn";
  }
  return job.total > 1 ? `${job.stage}: ${job.done} of ${job.total}` : job.stage;
}

export function watch() {
  const section = document.getElementById("progress");
  if (!section) return;
  const stage = document.getElementById("stage");
  const bar = document.getElementById("bar");
  const source = new EventSource(`/api/v1/jobs/${section.dataset.job}/events`);
  source.addEventListener("progress", (event) => {
    const job = JSON.parse(event.data);
    stage.textContent = told(job);
    if (job.total > 1) {
      bar.max = job.total;
      bar.value = job.done;
    } else {
      bar.removeAttribute("value");
    }
  });
  for (const end of ENDS) {
    source.addEventListener(end, () => {
      source.close();
      location.reload();
    });
  }
}
