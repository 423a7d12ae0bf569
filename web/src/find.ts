// "Find your municipality": without this script the form leads to the table; with it, the map goes there.
import type { Selection } from "./selection.ts";

export function wireFind(selection: Selection): void {
  const form = document.getElementById("find");
  const choice = document.getElementById("find-municipality");
  if (!(form instanceof HTMLFormElement) || !(choice instanceof HTMLSelectElement)) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (choice.value) void selection.goTo(`municipalities/${choice.value}`);
  });
}
