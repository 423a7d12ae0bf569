// The map page: puts its parts together.
import type { Map as MapLibreMap } from "maplibre-gl";
import { Amounts } from "./amounts.ts";
import { drawMap, showFailure } from "./canvas.ts";
import { Comparison } from "./comparison.ts";
import { readConfig } from "./config.ts";
import { Counts } from "./counts.ts";
import { Figures } from "./figures.ts";
import { Filter } from "./filter.ts";
import { wireFind } from "./find.ts";
import { drawImages } from "./images.ts";
import { Layers } from "./layers.ts";
import { Legend } from "./legend.ts";
import { Live } from "./live.ts";
import { PROPOSALS } from "./missions.ts";
import { Panel } from "./panel.ts";
import { Selection } from "./selection.ts";
import { StrategyChoice } from "./strategy.ts";
import { Table } from "./table.ts";
import { Theme } from "./theme.ts";
import { Tiles } from "./tiles.ts";
import { Time } from "./time.ts";
import { Toolbar } from "./toolbar.ts";
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
  map.once("style.load", () => start(map));
} catch (error) {
  console.warn("the map cannot be drawn", error);
  showFailure();
}
carryFragment();

function start(map: MapLibreMap): void {
  const layers = new Layers(map);
  const tiles = new Tiles(map);
  const figures = new Figures();
  const panel = new Panel();
  new Counts(figures, words);
  new Amounts(map, words, figures, tiles);
  const selection = new Selection(map, layers, panel, figures, config, words);
  const table = new Table(map, config, words, (id) => void selection.goTo(`${PROPOSALS}/${id}`));
  let legend: Legend | undefined;
  const time = new Time(words, () => narrow());
  const comparison = new Comparison(map, layers, panel, config, words);
  selection.yieldTo(() => comparison.isActive);
  /** Missions are chosen in what is drawn; the rest is left to the server, so that the numbers of clusters are right. */
  const narrow = () => {
    const choice = legend?.choice ?? null;
    const { moment } = time;
    tiles.showTime(moment);
    tiles.narrow(PROPOSALS, filter.cql(null));
    void figures.ask({ ...filter.conditions(choice), ...moment });
    table.show(filter.cql(choice), moment);
  };
  const filter = new Filter(config, narrow);
  legend = new Legend(layers, narrow);
  new StrategyChoice(config, words, layers, legend);
  narrow();
  new Theme(map, layers, config, words, figures);
  wireFind(selection);
  map.once("idle", () => void import("./printing.ts").then(({ preparePrinting }) => preparePrinting(map, config, words)));
  new Toolbar(map, panel, selection, config, words);
  new Live(tiles, () => {
    const news = document.getElementById("news");
    if (news) news.textContent = words.say("news");
    narrow();
  });
}

/** The language links keep the view: they take the fragment along. */
function carryFragment(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".language-links a")) {
    link.addEventListener("click", () => {
      link.hash = window.location.hash;
    });
  }
}
