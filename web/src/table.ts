// The table that says the same as the map: narrowed as the map is, sorted as the reader likes, with files of exactly this.
import type { Map as MapLibreMap } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import type { Config } from "./config.ts";
import { element, link } from "./elements.ts";
import { PROPOSALS } from "./missions.ts";
import type { Moment } from "./tiles.ts";
import type { Words } from "./words.ts";

interface Page {
  numberMatched: number;
  features: { id: number; properties: Record<string, unknown> }[];
}

/** Rows that are shown; the whole table is a link away. */
const ROWS = 25;
/** The columns, with the properties by which they are sorted: what is of several values has no order. */
const COLUMNS = [
  { id: "title", sort: "title" },
  { id: "municipalities", sort: null },
  { id: "status", sort: "cup_status" },
  { id: "precision", sort: "precision" },
  { id: "amount", sort: "funding_pnrr_cents" },
] as const;
const PROPERTIES = "title,municipalities,cup_status,precision,funding_pnrr_cents";

export class Table {
  private readonly rows = document.getElementById("map-table-rows");
  private readonly inSight = document.getElementById("in-sight") as HTMLInputElement | null;
  private readonly names: Map<string, string>;
  private filter = "";
  private moment: Moment = {};
  private asked: AbortController | undefined;

  constructor(
    private readonly map: MapLibreMap,
    private readonly config: Config,
    private readonly words: Words,
    private readonly go: (id: number) => void,
  ) {
    this.names = new Map(config.municipalities.map(({ code, name }) => [code, name]));
    document.getElementById("map-table")?.removeAttribute("hidden");
    if (this.inSight) {
      this.inSight.checked = kept("insight") !== null;
      this.inSight.addEventListener("change", () => {
        keepList("insight", this.inSight?.checked ? ["1"] : null);
        void this.ask();
      });
    }
    this.rows?.addEventListener("keydown", (event) => this.step(event));
    map.on("moveend", () => this.inSight?.checked && void this.ask());
  }

  /** Shows what a CQL2 text lets through, as it stood at a time; both empty: all that is. */
  show(filter: string, moment: Moment): void {
    this.filter = filter;
    this.moment = moment;
    void this.ask();
  }

  private get sort(): string {
    return kept("sort")?.[0] ?? "-funding_pnrr_cents";
  }

  private async ask(): Promise<void> {
    if (!this.rows) return;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    this.linkFiles();
    const own = { limit: String(ROWS), properties: PROPERTIES, skipGeometry: "true", f: "json" };
    try {
      const response = await fetch(this.address(own), { signal: asked.signal });
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.fill((await response.json()) as Page);
    } catch (error) {
      if (asked.signal.aborted) return;
      console.info("the table cannot be read", error);
      this.say(this.words.say("table_failure"));
    }
  }

  /** The address of what the table shows, with these parameters beside. */
  private address(own: Record<string, string>): string {
    const parameters = new URLSearchParams(own);
    if (this.filter) parameters.set("filter", this.filter);
    for (const [name, value] of Object.entries(this.moment)) parameters.set(name, value);
    parameters.set("sortby", this.sort);
    if (this.inSight?.checked) {
      const { _sw: sw, _ne: ne } = this.map.getBounds();
      parameters.set("bbox", [sw.lng, sw.lat, ne.lng, ne.lat].map((degrees) => degrees.toFixed(6)).join(","));
    }
    return `${this.config.items_url}?${parameters}`;
  }

  private linkFiles(): void {
    for (const [id, own] of Object.entries({ all: { lang: this.config.language }, csv: { f: "csv" }, xlsx: { f: "xlsx" }, gpkg: { f: "gpkg" } })) {
      const anchor = document.getElementById(`map-table-${id}`);
      if (anchor instanceof HTMLAnchorElement) anchor.href = this.address(own);
    }
  }

  private fill({ numberMatched, features }: Page): void {
    const head = element("thead", "", element("tr", "", ...COLUMNS.map(({ id, sort }) => this.heading(id, sort)), this.heading("show", null)));
    const body = element("tbody", "", ...features.map(({ id, properties }) => this.row(id, properties)));
    const focused = document.activeElement?.id;
    this.rows?.replaceChildren(head, body);
    // Who sorted by keyboard is still on the button.
    if (focused?.startsWith("sort-")) document.getElementById(focused)?.focus({ preventScroll: true });
    const count = this.words.count("table_count", numberMatched);
    const first = numberMatched > features.length ? this.words.say("table_first", { count: this.words.integer(features.length) }) : "";
    this.say(numberMatched === 0 ? this.words.say("table_none") : `${count}${first}`);
  }

  private heading(id: string, property: string | null): HTMLElement {
    const label = this.words.say(`column_${id}`);
    const heading = element("th", id === "amount" ? "numeric" : "");
    heading.scope = "col";
    if (property === null) {
      heading.append(label);
      return heading;
    }
    const descends = this.sort === `-${property}`;
    const sorted = descends || this.sort === property;
    if (sorted) heading.setAttribute("aria-sort", descends ? "descending" : "ascending");
    const button = element("button", "btn-text sort", label, sorted ? (descends ? " ▼" : " ▲") : "");
    button.type = "button";
    button.id = `sort-${id}`;
    button.addEventListener("click", () => {
      keepList("sort", [descends || !sorted ? property : `-${property}`]);
      void this.ask();
    });
    heading.append(button);
    return heading;
  }

  private row(id: number, properties: Record<string, unknown>): HTMLElement {
    const url = this.config.item_url.replace("{collection}", PROPOSALS).replace("{id}", String(id));
    const name = String(properties["title"] ?? "");
    const title = element("th", "", link("", url, name));
    title.scope = "row";
    const show = element("button", "btn-text show-on-map", this.words.say("show_on_map"));
    show.type = "button";
    show.setAttribute("aria-label", this.words.say("show_this", { title: name }));
    show.addEventListener("click", () => this.go(id));
    const cents = properties["funding_pnrr_cents"];
    const amount = element("td", "numeric", this.words.money(typeof cents === "number" ? cents : null));
    const precision = this.words.say(`place_${String(properties["precision"])}`);
    const status = element("td", "", String(properties["cup_status"] ?? this.words.say("funding_absent")));
    return element("tr", "", title, element("td", "", this.places(properties["municipalities"])), status, element("td", "", precision), amount, element("td", "", show));
  }

  /** Up and down lead from row to row. */
  private step(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...(this.rows?.querySelectorAll<HTMLButtonElement>(".show-on-map") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  }

  private places(codes: unknown): string {
    const names = (Array.isArray(codes) ? codes : []).map((code) => this.names.get(String(code)) ?? String(code));
    const more = names.length - 2;
    return names.slice(0, 2).join(", ") + (more > 0 ? ` ${this.words.say("places_more", { count: this.words.integer(more) })}` : "");
  }

  private say(text: string): void {
    const count = document.getElementById("map-table-count");
    if (count) count.textContent = text;
  }
}
