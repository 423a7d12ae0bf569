// What the reader has selected, one or several things: in the address, marked on the map, told in the panel. Clicks select;
// the map stays where it is unless the reader asks it to go there.
import type { Map as MapLibreMap, MapGeoJSONFeature } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import { Cards, type Item } from "./cards.ts";
import type { Config } from "./config.ts";
import type { Figures } from "./figures.ts";
import type { Layers } from "./layers.ts";
import { PROPOSALS } from "./missions.ts";
import type { Panel } from "./panel.ts";
import { signsAt } from "./signs.ts";
import type { Words } from "./words.ts";

/** Where "see them one by one" leads: near enough to read the signs. */
export const READABLE = 12.8;
const MUNICIPALITIES = "municipalities";
/** Of several things at one point so many are named. */
const NAMED = 6;

/** A collection and a record's number, or "municipalities" and an ISTAT code: `areas/12`. */
type Name = string;

export class Selection {
  private readonly cards: Cards;
  private names: Name[] = [];
  private beside = 0;
  private readonly busy: (() => boolean)[] = [];

  constructor(
    private readonly map: MapLibreMap,
    private readonly layers: Layers,
    private readonly panel: Panel,
    private readonly figures: Figures,
    private readonly config: Config,
    private readonly words: Words,
  ) {
    this.cards = new Cards(config, words);
    map.on("click", (event) => this.click([event.point.x, event.point.y]));
    map.on("mousemove", ({ point }) => {
      if (this.isActive) map.getCanvas().style.cursor = signsAt(map, [point.x, point.y]).length > 0 ? "pointer" : "";
    });
    // A municipality's card has numbers that follow the filters.
    figures.hear(() => this.names[0]?.startsWith(`${MUNICIPALITIES}/`) && this.panel.isOpen && this.tellMunicipality());
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** While this holds, clicks select nothing: something is drawn, or compared. */
  yieldTo(isBusy: () => boolean): void {
    this.busy.push(isBusy);
  }

  private get isActive(): boolean {
    return !this.busy.some((isBusy) => isBusy());
  }

  /** Screens a record; set where that can be done. */
  screen: ((name: Name) => void) | undefined;

  /** Selects what is named, and goes there: the reader has asked for it. */
  async goTo(name: Name): Promise<void> {
    this.select([name]);
    const at = name.startsWith(`${MUNICIPALITIES}/`) ? this.municipality()?.at : (await this.cards.read(name))?.at;
    if (at) this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), READABLE) });
    document.getElementById("map-frame")?.scrollIntoView({ block: "nearest" });
  }

  select(names: Name[]): void {
    const before = this.names;
    this.names = names;
    keepList("select", names.length > 0 ? names : null);
    this.mark();
    if (names.length === 0) return this.panel.close(before);
    if (this.municipality()) return this.tellMunicipality();
    void this.tell(names);
  }

  private follow(): void {
    const names = kept("select") ?? [];
    if (names.join() !== this.names.join()) this.select(names);
  }

  private click(point: [number, number]): void {
    if (!this.isActive) return;
    this.beside = point[0] / this.map.getContainer().clientWidth;
    this.select(this.namesAt(point));
  }

  private namesAt(point: [number, number]): Name[] {
    const hits = signsAt(this.map, point);
    const first = hits[0];
    if (first?.properties["cluster"] === true) {
      // What a tile has no room for is counted, and of no municipality: from nearer it is drawn.
      const municipality: unknown = first.properties["municipality"];
      return municipality === undefined ? [] : [`${MUNICIPALITIES}/${String(municipality)}`];
    }
    const proposals = hits.filter((hit) => hit.sourceLayer === PROPOSALS).map(nameOf);
    if (proposals.length > 0) return proposals;
    if (first) return [nameOf(first)];
    const under = this.map.queryRenderedFeatures(point);
    const shape = under.find(({ id, sourceLayer }) => id !== undefined && sourceLayer && sourceLayer !== MUNICIPALITIES && !sourceLayer.endsWith("-labels"));
    if (shape) return [nameOf(shape)];
    const municipality = under.find(({ sourceLayer }) => sourceLayer === MUNICIPALITIES);
    return municipality ? [`${MUNICIPALITIES}/${String(municipality.properties["istat_code"])}`] : [];
  }

  private municipality(): Config["municipalities"][number] | undefined {
    const code = this.names[0]?.split(`${MUNICIPALITIES}/`)[1];
    return this.config.municipalities.find((municipality) => municipality.code === code);
  }

  private mark(): void {
    const municipality = this.municipality();
    this.layers.select(municipality ? [municipality.code] : []);
    this.layers.mark(municipality ? [] : this.names.map((name) => Number(name.split("/")[1])));
  }

  private tellMunicipality(): void {
    const municipality = this.municipality();
    if (!municipality) return;
    const nearer = () => {
      this.map.easeTo({ center: municipality.at, zoom: READABLE });
      this.map.getCanvas().focus({ preventScroll: true });
    };
    this.open(municipality.name, this.cards.municipality(municipality, this.figures.of(municipality.code), nearer));
  }

  private async tell(names: Name[]): Promise<void> {
    this.open(this.words.say("loading"), []);
    const items = (await Promise.all(names.slice(0, NAMED).map((name) => this.cards.read(name)))).filter((item) => item !== null);
    if (names !== this.names) return;
    const [only] = items;
    if (!only) return this.open(this.words.say("gone"), []);
    if (names.length === 1) return this.open(only.title, this.cards.item(only, this.screen));
    const choose = (item: Item) => this.select([item.name]);
    const title = this.words.say("several", { count: this.words.integer(names.length) });
    this.open(title, this.cards.several(items, names.length - items.length, choose));
  }

  private open(title: string, content: Node[]): void {
    const { names } = this;
    this.panel.open(title, content, { owner: names, beside: this.beside, closed: () => names === this.names && this.select([]) });
  }
}

function nameOf(feature: MapGeoJSONFeature): Name {
  return `${feature.sourceLayer}/${String(feature.id)}`;
}
