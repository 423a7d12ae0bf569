// The map as it was on a day, and what changed between two releases: chosen in the legend, kept in the address.
import type { Map as MapLibreMap } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import type { Config } from "./config.ts";
import type { Layers } from "./layers.ts";
import type { Panel } from "./panel.ts";
import type { Moment } from "./tiles.ts";
import type { Words } from "./words.ts";

interface Release {
  id: number;
  state: string;
  decided_at: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class Time {
  private readonly input = document.getElementById("as-of") as HTMLInputElement | null;
  private compared: string | undefined;
  private offered: Promise<void> | undefined;
  private readonly release = document.getElementById("as-of-release") as HTMLSelectElement | null;
  private readonly from = document.getElementById("compare-from") as HTMLSelectElement | null;
  private readonly to = document.getElementById("compare-to") as HTMLSelectElement | null;

  constructor(
    private readonly map: MapLibreMap,
    private readonly layers: Layers,
    private readonly panel: Panel,
    private readonly config: Config,
    private readonly words: Words,
    private readonly changed: () => void,
  ) {
    this.input?.removeAttribute("disabled");
    document.getElementById("time")?.addEventListener("toggle", () => void this.offer());
    this.input?.addEventListener("change", () => this.choose(this.input?.value ?? ""));
    this.release?.addEventListener("change", () => this.choose(this.release?.value ?? ""));
    document.getElementById("as-of-now")?.addEventListener("click", () => this.choose(""));
    document.getElementById("compare")?.addEventListener("click", () => this.compare());
    window.addEventListener("hashchange", () => {
      this.follow();
      this.changed();
    });
    this.follow();
  }

  /** The time that the map shows: the end of a day, or when a release had just been published. */
  get moment(): Moment {
    const on = kept("on")?.[0] ?? "";
    if (DAY.test(on)) return { datetime: on };
    return /^\d+$/.test(on) ? { release: on } : {};
  }

  /** The two releases that are compared; `null`: none are, or the address says nonsense. */
  private get pair(): string[] | null {
    const pair = kept("compare") ?? [];
    return pair.length === 2 && pair.every((number) => /^\d+$/.test(number)) ? pair : null;
  }

  private choose(on: string): void {
    keepList("on", on ? [on] : null);
    this.follow();
    this.changed();
  }

  /** Fills the choices with the published releases of the proposals, once: the latest is offered with the one before it. */
  private offer(): Promise<void> {
    this.offered ??= this.readReleases().then((releases) => {
      const option = ({ id, decided_at: day }: Release) => new Option(this.words.say("release_option", { number: String(id), date: this.words.day(day.slice(0, 10)) }), String(id));
      for (const [select, first] of [[this.from, 1], [this.to, 0]] as const) {
        select?.replaceChildren(...releases.map(option));
        if (select) select.selectedIndex = first;
      }
      this.release?.append(...releases.map(option));
      if (this.release) this.release.value = this.moment.release ?? "";
      document.getElementById("comparison")?.toggleAttribute("hidden", releases.length < 2);
      document.getElementById("no-comparison")?.toggleAttribute("hidden", releases.length > 1);
    });
    return this.offered;
  }

  private async readReleases(): Promise<Release[]> {
    const [source] = this.config.sources;
    const response = await fetch(`/releases?${new URLSearchParams({ f: "json", limit: "100", ...(source && { source }) })}`).catch(() => null);
    if (!response?.ok) return [];
    return ((await response.json()) as { releases: Release[] }).releases.filter(({ state }) => state === "published");
  }

  private compare(): void {
    const [from, to] = [this.from?.value, this.to?.value];
    if (!from || !to) return;
    // Whichever is chosen first: what changed is told from the earlier one on.
    const pair = [from, to].sort((one, other) => Number(one) - Number(other));
    keepList("compare", pair);
    void this.show(pair);
  }

  private follow(): void {
    const { datetime = "", release = "" } = this.moment;
    if (this.input) this.input.value = datetime;
    if (this.release) this.release.value = release;
    const note = document.getElementById("past-note");
    if (note) {
      note.hidden = !datetime && !release;
      const text = note.querySelector("span");
      if (text) text.textContent = datetime ? this.words.say("as_of", { day: this.words.day(datetime) }) : this.words.say("as_of_release", { release });
    }
    const pair = this.pair;
    const panel = document.getElementById("time");
    if (panel instanceof HTMLDetailsElement && (datetime || release || pair)) panel.open = true;
    if (pair?.join() === this.compared) return;
    this.compared = pair?.join();
    if (pair) void this.show(pair);
  }

  private async show(pair: string[]): Promise<void> {
    const [from, to] = pair;
    this.compared = pair.join();
    void this.offer().then(() => {
      if (this.from) this.from.value = from ?? "";
      if (this.to) this.to.value = to ?? "";
    });
    const { Changes } = await import("./changes.ts");
    const changes = new Changes(this.map, this.panel, this.config, this.words);
    this.layers.hideClusters("comparison", true);
    await changes.show(Number(from), Number(to), () => {
      this.layers.hideClusters("comparison", false);
      this.compared = undefined;
      keepList("compare", null);
    });
  }
}
