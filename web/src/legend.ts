// The legend's boxes: they filter the map, and the address remembers them.
import { keepList, readList } from "./address.ts";
import type { Config, Mission } from "./config.ts";
import { quoted } from "./filter.ts";
import type { Layers } from "./layers.ts";
import type { Choice } from "./missions.ts";
import type { Words } from "./words.ts";

export class Legend {
  private readonly missions = boxes("mission");
  private readonly toggles = boxes("layer");
  /** How many proposals each mission has of what the map is narrowed to. */
  private counts: Map<string, number>;
  /** The filter for which they were asked last. */
  private counted = "";

  constructor(
    private readonly layers: Layers,
    private readonly config: Config,
    private readonly words: Words,
    private readonly changed: () => void,
  ) {
    this.counts = new Map(config.missions.map(({ code, count }) => [code, count]));
    for (const box of [...this.missions, ...this.toggles]) box.disabled = false;
    for (const tools of document.querySelectorAll<HTMLElement>(".legend-tools")) tools.hidden = false;
    this.follow();
    for (const box of this.missions) box.addEventListener("change", () => this.chooseMissions());
    for (const box of this.toggles) box.addEventListener("change", () => this.chooseLayers());
    this.button("missions-all", true);
    this.button("missions-none", false);
    window.addEventListener("hashchange", () => {
      this.follow();
      this.changed();
    });
  }

  /** The missions chosen; `null` when it is all of them. */
  get choice(): Choice {
    const chosen = values(this.missions);
    return chosen.length === this.missions.length ? null : chosen;
  }

  /** Counts the missions anew, as the map is narrowed to a CQL2 text; empty: to nothing. */
  async count(filter: string): Promise<void> {
    this.counted = filter;
    const counts = await Promise.all(this.config.missions.map((mission) => this.countOf(mission, filter)));
    // Another filter may have been chosen meanwhile, or the server may not answer.
    if (this.counted !== filter) return;
    this.counts = new Map(counts);
    for (const box of this.missions) {
      const count = this.counts.get(box.value);
      const written = box.closest("label")?.querySelector(".mission-count");
      if (written) written.textContent = count === undefined ? "" : this.words.integer(count);
    }
    this.say();
  }

  private async countOf({ code, count }: Mission, filter: string): Promise<[string, number]> {
    if (!filter) return [code, count];
    const parameters = new URLSearchParams({ f: "json", limit: "1", skipGeometry: "true", filter: `mission IN (${quoted(code)}) AND ${filter}` });
    const response = await fetch(`${this.config.items_url}?${parameters}`);
    return [code, ((await response.json()) as { numberMatched: number }).numberMatched];
  }

  /** Sets the boxes as the address says. */
  private follow(): void {
    const missions = readList(window.location.hash, "missions");
    for (const box of this.missions) box.checked = missions === null || missions.includes(box.value);
    const layers = readList(window.location.hash, "layers") ?? [];
    for (const box of this.toggles) box.checked = layers.includes(box.value);
    this.apply();
  }

  private chooseMissions(): void {
    keepList("missions", this.choice);
    this.apply();
    this.changed();
  }

  private chooseLayers(): void {
    const chosen = values(this.toggles);
    keepList("layers", chosen.length > 0 ? chosen : null);
    this.apply();
  }

  private apply(): void {
    this.layers.choose(this.choice);
    for (const box of this.toggles) this.layers.show(box.value, box.checked);
    this.say();
  }

  private say(): void {
    const shown = document.getElementById("shown");
    if (shown) shown.textContent = this.sentence();
  }

  private sentence(): string {
    const choice = this.choice;
    if (choice === null) return this.words.say("shown_all");
    const count = choice.reduce((sum, code) => sum + (this.counts.get(code) ?? 0), 0);
    return this.words.count("shown", count);
  }

  private button(id: string, checked: boolean): void {
    document.getElementById(id)?.addEventListener("click", () => {
      for (const box of this.missions) box.checked = checked;
      this.chooseMissions();
    });
  }
}

function boxes(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`#filters input[name="${name}"]`)];
}

function values(boxes: HTMLInputElement[]): string[] {
  return boxes.filter((box) => box.checked).map((box) => box.value);
}
