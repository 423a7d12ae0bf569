// The map page: puts its parts together.
import type { Map as MapLibreMap } from "maplibre-gl";
import { drawMap, showFailure } from "./canvas.ts";
import { readConfig } from "./config.ts";
import { wireFind } from "./find.ts";
import { drawImages } from "./images.ts";
import { Layers } from "./layers.ts";
import { Legend } from "./legend.ts";
import { Live } from "./live.ts";
import { Popups } from "./popups.ts";
import { Words } from "./words.ts";

declare global {
  interface Window {
    /** For tests and for the curious: the map, once it is drawn. */
    remixMap?: MapLibreMap;
  }
}

const config = readConfig();
const words = new Words(config);
try {
  const map = drawMap(config, words, { hash: "map" });
  window.remixMap = map;
  drawImages(map);
  map.once("style.load", () => {
    const layers = new Layers(map);
    let popups: Popups | undefined;
    const legend = new Legend(layers, config, words, () => popups?.close());
    popups = new Popups(map, layers, () => legend.choice, config, words);
    wireFind(config, popups);
    new Live(map, () => {
      const news = document.getElementById("news");
      if (news) news.textContent = words.say("news");
    });
  });
} catch (error) {
  console.warn("the map cannot be drawn", error);
  showFailure();
}
carryFragment();

/** The language links keep the view: they take the fragment along. */
function carryFragment(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".language-links a")) {
    link.addEventListener("click", () => {
      link.hash = window.location.hash;
    });
  }
}
