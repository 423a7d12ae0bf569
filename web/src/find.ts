// "Find your municipality": without this script the form leads to the table; with it, the map goes there.
import type { Config } from "./config.ts";
import type { Popups } from "./popups.ts";

export function wireFind(config: Config, popups: Popups): void {
  const form = document.getElementById("find");
  const choice = document.getElementById("find-municipality");
  if (!(form instanceof HTMLFormElement) || !(choice instanceof HTMLSelectElement)) return;
  form.addEventListener("submit", (event) => {
    const municipality = config.municipalities.find((municipality) => municipality.code === choice.value);
    if (!municipality) return;
    event.preventDefault();
    popups.goTo(municipality.code, municipality.at);
  });
}
