// What the panel says of a municipality, of a record, of several at one point.
import type { Geometry } from "geojson";
import type { Config, Municipality } from "./config.ts";
import { element, link, missionSign } from "./elements.ts";
import type { MunicipalityFigures } from "./figures.ts";
import { PROPOSALS } from "./missions.ts";
import { middle } from "./places.ts";
import type { Words } from "./words.ts";

/** A record as the server tells it. */
export interface Item {
  /** Its collection and number: `areas/12`. */
  name: string;
  title: string;
  url: string;
  properties: Record<string, unknown>;
  /** A place in it, or the middle of its corners. */
  at: [number, number] | null;
}

export class Cards {
  private readonly known = new Map<string, Item>();

  constructor(
    private readonly config: Config,
    private readonly words: Words,
  ) {}

  /** The record of this name; `null` if there is none, or the server does not answer. */
  async read(name: string): Promise<Item | null> {
    const known = this.known.get(name);
    if (known) return known;
    const [collection = "", id = ""] = name.split("/").map(encodeURIComponent);
    const response = await fetch(`/collections/${collection}/items/${id}?f=json`).catch(() => null);
    if (!response?.ok) return null;
    const { properties, geometry } = (await response.json()) as { properties: Record<string, unknown>; geometry: Geometry | null };
    const url = this.config.item_url.replace("{collection}", collection).replace("{id}", id);
    const title = text(properties["title"] ?? properties["name"]);
    const item = { name, title, url, properties, at: geometry && middle(geometry) };
    this.known.set(name, item);
    return item;
  }

  municipality({ code }: Municipality, figures: MunicipalityFigures | undefined, nearer: () => void): HTMLElement[] {
    const people = figures?.population;
    const content: HTMLElement[] = people ? [element("p", "", this.words.say("population", { count: this.words.integer(people) }))] : [];
    if (figures) content.push(...this.numbers(figures));
    const button = element("button", "btn btn-primary btn-sm", this.words.say("zoom_to"));
    button.type = "button";
    button.addEventListener("click", nearer);
    const sheet = link("", this.config.sheet_url.replace("{municipality}", code), this.words.say("sheet"));
    const list = this.config.list_url?.replace("{municipality}", code);
    content.push(element("p", "panel-actions", ...(figures?.proposals ? [button] : []), sheet, ...(list ? [link("", list, this.words.say("list"))] : [])));
    return content;
  }

  private numbers(figures: MunicipalityFigures): HTMLElement[] {
    const { words } = this;
    const list = element("ul", "panel-missions");
    list.setAttribute("aria-label", words.say("by_mission"));
    for (const { code, label } of this.config.missions.filter(({ code }) => figures.missions[code])) {
      const count = element("strong", "", words.integer(figures.missions[code] ?? 0));
      list.append(element("li", "", missionSign(code), element("span", "panel-mission-label", label), count));
    }
    const each = figures.population === null ? words.say("population_absent") : words.money(figures.per_inhabitant_cents);
    return [
      element("p", "panel-figure", words.say("in_place", { count: words.integer(figures.proposals) })),
      ...(list.childElementCount > 0 ? [list] : []),
      this.fact("funding", words.money(figures.funding_cents)),
      this.fact("each", each),
      element("p", "", words.say("located_share", { count: words.integer(figures.located) })),
      element("p", "panel-note", `${words.say("counted_here")} ${words.say("under_filters")}`),
    ];
  }

  /** The card of a record; `screen` compares it with all that binds its place. */
  item({ name, url, properties }: Item, screen?: (name: string) => void): HTMLElement[] {
    const content: HTMLElement[] = [];
    const open = element("p", "panel-actions", link("btn btn-primary btn-sm", url, this.words.say("open")), ...this.sheets(properties));
    if (name.startsWith(`${PROPOSALS}/`)) {
      const cents = properties["funding_pnrr_cents"];
      content.push(this.mission(properties), this.fact("funding", this.words.money(typeof cents === "number" ? cents : null)), this.precision(properties));
    }
    if (screen) {
      const button = element("button", "btn btn-outline-primary btn-sm", this.words.say("screen_this"));
      button.type = "button";
      button.addEventListener("click", () => screen(name));
      open.firstChild?.after(button);
    }
    return [...content, open];
  }

  several(items: Item[], more: number, choose: (item: Item) => void): HTMLElement[] {
    const list = element("ul", "panel-list");
    for (const item of items) {
      const title = element("button", "btn-text", item.title);
      title.type = "button";
      title.addEventListener("click", () => choose(item));
      list.append(element("li", "", missionSign(text(item.properties["mission"])), title));
    }
    const note = element("p", "panel-note", this.words.say("more", { count: this.words.integer(more) }));
    return more > 0 ? [list, note] : [list];
  }

  private fact(label: string, value: string): HTMLElement {
    return element("p", "", `${this.words.say(label)}: `, element("strong", "", value));
  }

  private mission(properties: Record<string, unknown>): HTMLElement {
    const code = text(properties["mission"]);
    const mission = this.config.missions.find((mission) => mission.code === code);
    if (!mission) return element("p", "panel-mission", this.words.say("mission_unknown"));
    return element("p", "panel-mission", missionSign(code), element("span", "", mission.label));
  }

  private precision(properties: Record<string, unknown>): HTMLElement {
    const precision = text(properties["precision"]);
    const sign = element("span", `sign ${precision === "geometry" ? "sign-placed" : "sign-symbolic"}`);
    sign.dataset["mission"] = text(properties["mission"]);
    sign.setAttribute("aria-hidden", "true");
    return element("p", "panel-precision", sign, element("span", "", this.words.say(`precision_${precision}`)));
  }

  /** Links to the sheets of the municipalities that a record states. */
  private sheets(properties: Record<string, unknown>): HTMLElement[] {
    const codes = Array.isArray(properties["municipalities"]) ? properties["municipalities"].map(String) : [];
    const there = this.config.municipalities.filter(({ code }) => codes.includes(code)).slice(0, 3);
    return there.map(({ code, name }) => link("", this.config.sheet_url.replace("{municipality}", code), `${this.words.say("sheet")}: ${name}`));
  }
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
