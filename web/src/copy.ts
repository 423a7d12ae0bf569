// The buttons that copy an address: there only where the script runs.
const announcement = document.getElementById("copied");
const said = document.querySelector<HTMLElement>("[data-copied]")?.dataset["copied"] ?? "";

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
    if (announcement) announcement.textContent = said;
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  });
}

export {};
