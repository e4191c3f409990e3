// The address of a result, to be copied with one press.
export function share() {
  const field = document.querySelector("[data-address]");
  const button = document.querySelector("[data-copy]");
  if (!field || !button) return;
  field.value = location.href.split("#")[0].split("?")[0];
  field.hidden = button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Press Ctrl+C";
    }
  });
}
