// What changed between two releases: signs on the map, + ~ −, gathered with their numbers from afar, and the list in the panel.
import type { Geometry } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import type { Config } from "./config.ts";
import { element, link } from "./elements.ts";
import type { Panel } from "./panel.ts";
import type { Words } from "./words.ts";

const SOURCE = "changes";
const KINDS = { added: "+", changed: "~", removed: "−" } as const;
/** So many changes are asked for, and so many listed. */
const ASKED = 1000;
const LISTED = 100;

type Kind = keyof typeof KINDS;

interface Change {
  id: number;
  geometry: Geometry | null;
  properties: { title: string; change: Kind; href: string | null; fields: { label: string; before: unknown; after: unknown }[] };
}

interface Answer {
  diff: Record<Kind, number>;
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

  /** Shows what changed from one release to another; `closed` is told when the reader puts it away. */
  async show(from: number, to: number, closed: () => void): Promise<void> {
    const title = this.words.say("changes", { from: String(from), to: String(to) });
    let click: ((event: MapMouseEvent) => void) | undefined;
    const ended = () => {
      if (click) this.map.off("click", click);
      this.draw([]);
      closed();
    };
    const options = { owner: this, closed: ended };
    this.panel.open(title, [element("p", "", this.words.say("loading"))], options);
    const answer = await this.ask(from, to);
    if (!answer) return this.panel.open(title, [element("p", "", this.words.say("changes_failure"))], options);
    this.features = answer.features;
    this.draw(answer.features);
    const list = () => this.panel.open(title, this.list(answer, from, to), options);
    list();
    click = (event) => this.click(event, list);
    this.map.on("click", click);
  }

  private async ask(from: number, to: number): Promise<Answer | null> {
    const parameters = new URLSearchParams({ from: String(from), f: "geojson", limit: String(ASKED), lang: this.config.language });
    const response = await fetch(`/releases/${to}/diff?${parameters}`).catch(() => null);
    return response?.ok ? ((await response.json()) as Answer) : null;
  }

  private draw(changes: Change[]): void {
    const features = changes.flatMap(({ id, geometry, properties: { change } }) => {
      const at = geometry && anchor(geometry);
      return at ? [{ type: "Feature" as const, properties: { number: id, change }, geometry: { type: "Point" as const, coordinates: at } }] : [];
    });
    const data = { type: "FeatureCollection" as const, features };
    const source = this.map.getSource<GeoJSONSource>(SOURCE);
    if (source) source.setData(data);
    else if (features.length > 0) this.addLayers(data);
  }

  private addLayers(data: Extract<GeoJSONSource["setData"] extends (data: infer D) => unknown ? D : never, { type: "FeatureCollection" }>): void {
    const { map } = this;
    const counted = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, ["+", ["case", ["==", ["get", "change"], kind], 1, 0]]]));
    map.addSource(SOURCE, { type: "geojson", data, cluster: true, clusterRadius: 36, clusterProperties: counted });
    const colours = Object.keys(KINDS).flatMap((kind) => [kind, colourOf(kind as Kind)]);
    map.addLayer({
      id: "changes",
      type: "circle",
      source: SOURCE,
      paint: {
        "circle-radius": ["case", ["has", "point_count"], 20, 11],
        "circle-color": ["case", ["has", "point_count"], "white", ["match", ["get", "change"], ...colours, "gray"]] as never,
        "circle-stroke-color": ["case", ["has", "point_count"], colourOf("changed"), "white"],
        "circle-stroke-width": 2,
      },
    });
    const part = (kind: Kind) => ["case", [">", ["get", kind], 0], ["concat", KINDS[kind], ["to-string", ["get", kind]], " "], ""];
    const signs = Object.entries(KINDS).flat();
    map.addLayer({
      id: "changes-signs",
      type: "symbol",
      source: SOURCE,
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

  private click({ point }: MapMouseEvent, back: () => void): void {
    const [hit] = this.map.queryRenderedFeatures(point, { layers: ["changes"] });
    if (!hit) return;
    const change = this.features.find(({ id }) => id === hit.properties["number"]);
    if (!change) return back();
    const title = element("h3", "panel-title", ...this.named(change));
    const fields = change.properties.fields.map(({ label, before, after }) =>
      element("li", "", `${label}: `, element("del", "", this.text(before)), " → ", element("ins", "", this.text(after))),
    );
    const button = element("button", "btn btn-outline-primary btn-sm", this.words.say("changes_all"));
    button.type = "button";
    button.addEventListener("click", back);
    this.panel.amend([title, element("ul", "", ...fields), element("p", "panel-actions", button)]);
  }

  private list({ diff, numberMatched, features }: Answer, from: number, to: number): HTMLElement[] {
    const counts = Object.keys(KINDS).map((kind) => element("li", "", sign(kind as Kind), ` ${this.words.say(`change_${kind}`, { count: this.words.integer(diff[kind as Kind]) })}`));
    const rows = features.slice(0, LISTED).map((change) => element("li", "", sign(change.properties.change), element("span", "", ...this.named(change))));
    const whole = link("", `/releases/${to}/diff?from=${from}`, this.words.say("changes_page"));
    const listed = numberMatched > LISTED ? [element("p", "panel-note", this.words.say("changes_listed", { count: this.words.integer(LISTED) }))] : [];
    return [element("ul", "panel-list", ...counts), element("p", "panel-actions", whole), element("ul", "panel-list", ...rows), ...listed];
  }

  private named({ properties: { title, href } }: Change): (Node | string)[] {
    return [href ? link("", href, title) : title];
  }

  private text(value: unknown): string {
    return value === null || value === undefined ? this.words.say("absent") : typeof value === "object" ? JSON.stringify(value) : String(value);
  }
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

/** A corner of a geometry: the first of its places. */
function anchor(geometry: Geometry): [number, number] | null {
  if (geometry.type === "GeometryCollection") return geometry.geometries[0] ? anchor(geometry.geometries[0]) : null;
  const [east, north] = (geometry.coordinates as unknown[]).flat(3) as number[];
  return east === undefined || north === undefined ? null : [east, north];
}
