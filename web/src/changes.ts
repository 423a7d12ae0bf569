// What changed between two releases: signs on the map, + ~ −, gathered with their numbers from afar, outlines of what has an extent,
// the list in the panel, and the table.
import type { Feature, Geometry } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import { fieldsOf, fillChangesTable, markChange } from "./changes_table.ts";
import type { Config } from "./config.ts";
import { element, link } from "./elements.ts";
import type { Panel } from "./panel.ts";
import { middle } from "./places.ts";
import { READABLE } from "./selection.ts";
import type { Words } from "./words.ts";

const SIGNS = "changes";
const SHAPES = "changes-shapes";
const KINDS = { added: "+", changed: "~", removed: "−" } as const;
/** So many changes are asked for, and so many listed. */
const ASKED = 1000;
const LISTED = 100;

type Kind = keyof typeof KINDS;

export interface Change {
  id: number;
  geometry: Geometry | null;
  /** Where its sign stands. */
  at: [number, number] | null;
  properties: { title: string; change: Kind; href: string | null; fields: { label: string; before_text: string | null; after_text: string | null }[] };
}

/** Two releases of a source, and the collection whose changes are told; empty: all that the source feeds. */
export interface Compared {
  from: string;
  to: string;
  collection: string;
}

interface Answer {
  /** Of what is asked for: how many records are of each kind. */
  matched: Record<Kind, number>;
  numberMatched: number;
  features: Change[];
}

export class Changes {
  private features: Change[] = [];

  constructor(
    private readonly map: MapLibreMap,
    private readonly panel: Panel,
    private readonly config: Config,
    private readonly words: Words,
  ) {}

  /** Shows what changed; `of` says of which data, and `closed` is told when the reader puts it away. */
  async show(compared: Compared, of: string, closed: () => void): Promise<void> {
    const click = (event: MapMouseEvent) => this.click(event, list);
    let isOver = false;
    const ended = () => {
      isOver = true;
      this.map.off("click", click);
      this.draw([]);
      fillChangesTable([], this.words, () => undefined);
      closed();
    };
    const title = this.words.say("changes", { what: of, from: compared.from, to: compared.to });
    const options = { owner: this, closed: ended };
    this.panel.open(title, [element("p", "", this.words.say("loading"))], options);
    const answer = await this.ask(compared);
    if (isOver) return;
    if (!answer) return this.panel.open(title, [element("p", "", this.words.say("changes_failure"))], options);
    this.features = answer.features;
    this.draw(answer.features);
    const list = () => {
      markChange(null);
      this.panel.open(title, this.list(answer, compared), { ...options, beside: this.middleOfSigns() });
    };
    fillChangesTable(answer.features, this.words, (change) => this.goTo(change, list));
    list();
    this.map.on("click", click);
  }

  private async ask({ from, to, collection }: Compared): Promise<Answer | null> {
    const parameters = new URLSearchParams({ from, f: "geojson", limit: String(ASKED), lang: this.config.language });
    if (collection) parameters.set("collection", collection);
    const response = await fetch(`/releases/${to}/diff?${parameters}`).catch(() => null);
    if (!response?.ok) return null;
    const answer = (await response.json()) as Answer;
    for (const change of answer.features) change.at = change.geometry && middle(change.geometry);
    return answer;
  }

  private draw(changes: Change[]): void {
    const feature = ({ id, properties: { change } }: Change, geometry: Geometry): Feature => ({ type: "Feature", properties: { number: id, change }, geometry });
    const signs = changes.flatMap((change) => (change.at ? [feature(change, { type: "Point", coordinates: change.at })] : []));
    const shapes = changes.flatMap((change) => (change.geometry && !change.geometry.type.endsWith("Point") ? [feature(change, change.geometry)] : []));
    if (!this.map.getSource(SIGNS)) {
      if (signs.length === 0) return;
      this.addLayers();
    }
    for (const [source, features] of [[SIGNS, signs], [SHAPES, shapes]] as const) {
      this.map.getSource<GeoJSONSource>(source)?.setData({ type: "FeatureCollection", features });
    }
  }

  private addLayers(): void {
    const { map } = this;
    const data = { type: "FeatureCollection" as const, features: [] };
    const colours = ["match", ["get", "change"], ...Object.keys(KINDS).flatMap((kind) => [kind, colourOf(kind as Kind)]), "gray"];
    map.addSource(SHAPES, { type: "geojson", data });
    map.addLayer({ id: SHAPES, type: "line", source: SHAPES, paint: { "line-color": colours as never, "line-width": 2.5 } });
    const counted = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, ["+", ["case", ["==", ["get", "change"], kind], 1, 0]]]));
    map.addSource(SIGNS, { type: "geojson", data, cluster: true, clusterRadius: 36, clusterProperties: counted });
    map.addLayer({
      id: "changes",
      type: "circle",
      source: SIGNS,
      paint: {
        "circle-radius": ["case", ["has", "point_count"], 20, 11],
        "circle-color": ["case", ["has", "point_count"], "white", colours] as never,
        "circle-stroke-color": ["case", ["has", "point_count"], colourOf("changed"), "white"],
        "circle-stroke-width": 2,
      },
    });
    const part = (kind: Kind) => ["case", [">", ["get", kind], 0], ["concat", KINDS[kind], ["to-string", ["get", kind]], " "], ""];
    const signs = Object.entries(KINDS).flat();
    map.addLayer({
      id: "changes-signs",
      type: "symbol",
      source: SIGNS,
      layout: {
        "text-field": ["case", ["has", "point_count"], ["concat", part("added"), part("changed"), part("removed")], ["match", ["get", "change"], ...signs, ""]] as never,
        "text-font": ["Titillium Web Bold"],
        "text-size": ["case", ["has", "point_count"], 12, 16],
        "text-max-width": 3,
        "text-allow-overlap": true,
      },
      paint: { "text-color": ["case", ["has", "point_count"], colourOf("changed"), "white"] },
    });
  }

  /** Where the signs are, as a share of the map's width: there the panel would hide them. */
  private middleOfSigns(): number {
    const easts = this.features.flatMap(({ at }) => (at ? [at[0]] : []));
    const mean = easts.reduce((sum, east) => sum + east, 0) / easts.length;
    return easts.length === 0 ? 0 : this.map.project([mean, this.map.getCenter().lat]).x / this.map.getContainer().clientWidth;
  }

  /** A sign tells what it stands for; where it stands for several, all are listed. */
  private click({ point }: MapMouseEvent, back: () => void): void {
    const [hit] = this.map.queryRenderedFeatures(point, { layers: ["changes"] });
    if (!hit) return;
    const change = this.features.find(({ id }) => id === hit.properties["number"]);
    if (change) this.tell(change, back);
    else back();
  }

  /** From the table: the reader has asked for it, and is led there. */
  private goTo(change: Change, back: () => void): void {
    if (change.at) this.map.easeTo({ center: change.at, zoom: Math.max(this.map.getZoom(), READABLE) });
    document.getElementById("map-frame")?.scrollIntoView({ block: "nearest" });
    this.tell(change, back);
  }

  private tell(change: Change, back: () => void): void {
    markChange(change);
    const { change: kind } = change.properties;
    const title = element("h3", "panel-title", named(change));
    const button = element("button", "btn btn-outline-primary btn-sm", this.words.say("changes_all"));
    button.type = "button";
    button.addEventListener("click", back);
    const said = element("p", "", sign(kind), ` ${this.words.say(`change_is_${kind}`)}`);
    this.panel.amend([title, said, element("ul", "", ...fieldsOf(change, this.words)), element("p", "panel-actions", button)]);
  }

  private list({ matched, numberMatched, features }: Answer, { from, to, collection }: Compared): HTMLElement[] {
    const kinds = Object.keys(KINDS) as Kind[];
    const counts = kinds.map((kind) => element("li", "", sign(kind), ` ${this.words.say(`change_${kind}`, { count: this.words.integer(matched[kind]) })}`));
    const rows = features.slice(0, LISTED).map((change) => element("li", "", sign(change.properties.change), element("span", "", named(change))));
    const own = new URLSearchParams({ from, ...(collection && { collection }) });
    const whole = link("", `/releases/${to}/diff?${own}`, this.words.say("changes_page"));
    const listed = numberMatched > LISTED ? [element("p", "panel-note", this.words.say("changes_listed", { count: this.words.integer(LISTED) }))] : [];
    return [element("ul", "panel-list", ...counts), element("p", "panel-actions", whole), element("ul", "panel-list", ...rows), ...listed];
  }
}

/** The title of a record, which leads to its page while it has one. */
function named({ properties: { title, href } }: Change): Node | string {
  return href ? link("", href, title) : title;
}

function sign(kind: Kind): HTMLElement {
  const made = element("span", "change-sign", KINDS[kind]);
  made.dataset["change"] = kind;
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** The colour of a kind of change, as the list has it: palette.json is the one place of both. */
function colourOf(kind: Kind): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--changes-${kind}`).trim();
}
