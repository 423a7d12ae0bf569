// The map page: puts its parts together.
import type { Map as MapLibreMap } from "maplibre-gl";
import { drawMap, showFailure } from "./canvas.ts";
import { readConfig } from "./config.ts";
import { Filter } from "./filter.ts";
import { wireFind } from "./find.ts";
import { drawImages } from "./images.ts";
import { Layers } from "./layers.ts";
import { Legend } from "./legend.ts";
import { Live } from "./live.ts";
import { PROPOSALS } from "./missions.ts";
import { Popups } from "./popups.ts";
import { Table } from "./table.ts";
import { Tiles } from "./tiles.ts";
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
    const tiles = new Tiles(map);
    const table = new Table(map, config, words);
    let parts: { legend: Legend; popups: Popups } | undefined;
    /** Missions are chosen in what is drawn; the rest is left to the server, so that the numbers of clusters are right. */
    const narrow = () => {
      parts?.popups.close();
      tiles.narrow(PROPOSALS, filter.cql(null));
      parts?.legend.count(filter.cql(null)).catch((error) => console.info("the missions cannot be counted", error));
      table.show(filter.cql(parts?.legend.choice ?? null));
    };
    const filter = new Filter(config, narrow);
    const legend = new Legend(layers, config, words, narrow);
    const popups = new Popups(map, layers, () => legend.choice, config, words);
    parts = { legend, popups };
    narrow();
    wireFind(config, popups);
    new Live(tiles, () => {
      const news = document.getElementById("news");
      if (news) news.textContent = words.say("news");
      table.show(filter.cql(legend.choice));
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
