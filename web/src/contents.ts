// What popups say: of a cluster, of a proposal, of several at one point, of anything else with a name.
import type { MapGeoJSONFeature } from "maplibre-gl";
import type { Config } from "./config.ts";
import { element, link, missionSign } from "./elements.ts";
import { type Choice, countIn } from "./missions.ts";
import type { Words } from "./words.ts";

/** How many of several proposals at one point are named. */
const NAMED = 6;

type Properties = Record<string, unknown>;

export class Contents {
  constructor(
    private readonly config: Config,
    private readonly words: Words,
  ) {}

  cluster(properties: Properties, choice: Choice, zoomIn: () => void): HTMLElement {
    const box = this.box(text(properties["municipality_name"]));
    const count = countIn(properties, choice);
    box.append(element("p", "popup-figure", this.words.count("proposal", count)));
    const missions = this.config.missions.filter((mission) => choice === null || choice.includes(mission.code));
    const rows = missions
      .map((mission) => ({ mission, count: Number(properties[`count_${mission.code}`] ?? 0) }))
      .filter((row) => row.count > 0);
    if (rows.length > 0) {
      const list = element("ul", "popup-missions");
      list.setAttribute("aria-label", this.words.say("by_mission"));
      for (const { mission, count } of rows) {
        const label = element("span", "popup-mission-label", mission.label);
        list.append(
          element("li", "", missionSign(mission.code), label, element("strong", "", this.words.integer(count))),
        );
      }
      box.append(list);
    }
    // The sum in the tile is that of all missions: under a filter it would be the wrong one.
    if (choice === null) box.append(this.funding(properties), element("p", "popup-note", this.words.say("counted_here")));
    const button = element("button", "btn btn-primary btn-sm", this.words.say("zoom_to"));
    button.type = "button";
    button.addEventListener("click", zoomIn);
    box.append(element("p", "popup-actions", button, ...this.listLink(text(properties["municipality"]))));
    return box;
  }

  proposal(feature: MapGeoJSONFeature): HTMLElement {
    const box = this.box(text(feature.properties["title"]));
    box.prepend(this.mission(feature.properties));
    box.append(this.funding(feature.properties), this.precision(feature.properties));
    box.append(element("p", "popup-actions", link("btn btn-primary btn-sm", this.url(feature), this.words.say("open"))));
    return box;
  }

  several(features: MapGeoJSONFeature[]): HTMLElement {
    const box = this.box(this.words.say("several", { count: this.words.integer(features.length) }));
    const list = element("ul", "popup-list");
    for (const feature of features.slice(0, NAMED)) {
      const title = link("", this.url(feature), text(feature.properties["title"]));
      list.append(element("li", "", missionSign(text(feature.properties["mission"])), title));
    }
    box.append(list);
    const more = features.length - NAMED;
    if (more > 0) box.append(element("p", "popup-note", this.words.say("more", { count: this.words.integer(more) })));
    return box;
  }

  municipality(feature: MapGeoJSONFeature): HTMLElement {
    const box = this.box(text(feature.properties["name"]));
    const population = feature.properties["population"];
    if (typeof population === "number") {
      box.append(element("p", "", this.words.say("population", { count: this.words.integer(population) })));
    }
    box.append(element("p", "popup-actions", ...this.listLink(text(feature.properties["istat_code"]))));
    return box;
  }

  /** A feature of one of the other layers: its name and its page. */
  other(feature: MapGeoJSONFeature): HTMLElement {
    const { properties } = feature;
    const box = this.box(text(properties["name"] ?? properties["title"]));
    if (feature.id !== undefined) {
      box.append(element("p", "popup-actions", link("btn btn-primary btn-sm", this.url(feature), this.words.say("open"))));
    }
    return box;
  }

  private box(title: string): HTMLElement {
    const box = element("div", "popup");
    const heading = element("h2", "popup-title", title);
    heading.id = "popup-title";
    box.append(heading);
    return box;
  }

  private mission(properties: Properties): HTMLElement {
    const code = text(properties["mission"]);
    const mission = this.config.missions.find((mission) => mission.code === code);
    if (!mission) return element("p", "popup-mission", this.words.say("mission_unknown"));
    return element("p", "popup-mission", missionSign(code), element("span", "", mission.label));
  }

  private funding(properties: Properties): HTMLElement {
    const cents = properties["funding_pnrr_cents"];
    const amount = this.words.money(typeof cents === "number" ? cents : null);
    return element("p", "popup-funding", `${this.words.say("funding")} `, element("strong", "", amount));
  }

  private precision(properties: Properties): HTMLElement {
    const precision = text(properties["precision"]);
    const sign = element("span", `sign ${precision === "geometry" ? "sign-placed" : "sign-symbolic"}`);
    sign.dataset["mission"] = text(properties["mission"]);
    sign.setAttribute("aria-hidden", "true");
    return element("p", "popup-precision", sign, element("span", "", this.words.say(`precision_${precision}`)));
  }

  private url(feature: MapGeoJSONFeature): string {
    return this.config.item_url
      .replace("{collection}", encodeURIComponent(feature.sourceLayer ?? ""))
      .replace("{id}", encodeURIComponent(String(feature.id)));
  }

  private listLink(municipality: string): HTMLElement[] {
    if (!this.config.list_url || !municipality) return [];
    const url = this.config.list_url.replace("{municipality}", encodeURIComponent(municipality));
    return [link("popup-link", url, this.words.say("list"))];
  }
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
