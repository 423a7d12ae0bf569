// Two releases of one source, compared: collection, source and releases are chosen in the legend and kept in the address.
import type { Map as MapLibreMap } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import type { Compared } from "./changes.ts";
import type { Config } from "./config.ts";
import type { Layers } from "./layers.ts";
import type { Panel } from "./panel.ts";
import { type Release, publishedReleases, releaseOption } from "./releases.ts";
import type { Words } from "./words.ts";

export class Comparison {
  /** Each option is a collection and a source: `areas/demo-areas`. */
  private readonly subject = document.getElementById("compare-source") as HTMLSelectElement | null;
  private readonly from = document.getElementById("compare-from") as HTMLSelectElement | null;
  private readonly to = document.getElementById("compare-to") as HTMLSelectElement | null;
  private releases: Release[] = [];
  private shown = "";

  constructor(
    private readonly map: MapLibreMap,
    private readonly layers: Layers,
    private readonly panel: Panel,
    private readonly config: Config,
    private readonly words: Words,
  ) {
    document.getElementById("time")?.addEventListener("toggle", () => void this.offer());
    this.subject?.addEventListener("change", () => this.offerReleases());
    document.getElementById("compare")?.addEventListener("click", () => this.compare());
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** Whether clicks on the map are about changes. */
  get isActive(): boolean {
    return this.shown !== "";
  }

  /** What is compared, `compare=3,7,areas` in the address; `null`: nothing is, or it says nonsense. */
  private get pair(): Compared | null {
    const [from = "", to = "", collection = ""] = kept("compare") ?? [];
    return [from, to].every((number) => /^\d+$/.test(number)) ? { from, to, collection } : null;
  }

  private async offer(): Promise<void> {
    this.releases = await publishedReleases();
    this.offerReleases();
  }

  /** Fills the choices with the releases of the chosen source: the latest is offered with the one before it. */
  private offerReleases(): void {
    const [collection, source] = this.subject?.value.split("/") ?? [];
    const own = this.releases.filter((it) => it.source === source && it.collections.some((part) => part.collection === collection));
    for (const [select, first] of [[this.from, 1], [this.to, 0]] as const) {
      select?.replaceChildren(...own.map((release) => releaseOption(release, this.words)));
      if (select) select.selectedIndex = first;
    }
    document.getElementById("comparison")?.toggleAttribute("hidden", own.length < 2);
    document.getElementById("no-comparison")?.toggleAttribute("hidden", own.length > 1);
  }

  private compare(): void {
    const [from, to] = [this.from?.value, this.to?.value];
    if (!from || !to) return;
    // Whichever is chosen first: what changed is told from the earlier one on.
    const numbers = [from, to].sort((one, other) => Number(one) - Number(other));
    const [collection = ""] = this.subject?.value.split("/") ?? [];
    keepList("compare", [...numbers, collection]);
    this.follow();
  }

  private follow(): void {
    const { pair } = this;
    const chosen = pair ? Object.values(pair).join() : "";
    if (chosen === this.shown) return;
    this.shown = chosen;
    if (!pair) return;
    const panel = document.getElementById("time");
    if (panel instanceof HTMLDetailsElement) panel.open = true;
    void this.offer().then(() => this.choose(pair));
    void this.show(pair);
  }

  /** The choices say what is compared. */
  private choose({ from, to, collection }: Compared): void {
    const source = this.releases.find(({ id }) => String(id) === to)?.source;
    const option = [...(this.subject?.options ?? [])].find(({ value }) => (collection ? value === `${collection}/${source}` : value.endsWith(`/${source}`)));
    if (option) option.selected = true;
    this.offerReleases();
    if (this.from) this.from.value = from;
    if (this.to) this.to.value = to;
  }

  private async show(compared: Compared): Promise<void> {
    const { Changes } = await import("./changes.ts");
    const group = document.getElementById(`compare-${compared.collection}`);
    const of = group instanceof HTMLOptGroupElement ? group.label : this.words.say("changes_of_source");
    const changes = new Changes(this.map, this.panel, this.config, this.words);
    this.layers.hideClusters("comparison", true);
    await changes.show(compared, of, () => {
      this.layers.hideClusters("comparison", false);
      this.shown = "";
      keepList("compare", null);
    });
  }
}
