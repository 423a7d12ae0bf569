// Printing the map: the canvas of the screen is blank on paper, so a picture of it takes its place, with sources and day below.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Config } from "./config.ts";
import { about, snapshot } from "./picture.ts";
import type { Words } from "./words.ts";

/** From now on whatever prints the page prints the map as it is then. */
export function preparePrinting(map: MapLibreMap, config: Config, words: Words): void {
  const picture = document.getElementById("print-map");
  const note = document.getElementById("print-note");
  window.addEventListener("beforeprint", () => {
    if (picture instanceof HTMLImageElement) picture.src = snapshot(map).toDataURL("image/png");
    note?.replaceChildren(about(config, words).filter(Boolean).join(" "));
  });
}
