// The map as a strategy sees it: its layers, of each the records that it is about, and its missions.
import { keepList, kept } from "./address.ts";
import type { Config, Strategy } from "./config.ts";
import { element, link } from "./elements.ts";
import type { Layers } from "./layers.ts";
import type { Legend } from "./legend.ts";
import { PROPOSALS } from "./missions.ts";
import type { Words } from "./words.ts";

export class StrategyChoice {
  private readonly select = document.getElementById("strategy") as HTMLSelectElement | null;

  constructor(
    private readonly config: Config,
    private readonly words: Words,
    private readonly layers: Layers,
    private readonly legend: Legend,
  ) {
    if (!this.select) return;
    this.select.disabled = false;
    this.select.addEventListener("change", () => this.choose());
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  private get chosen(): Strategy | undefined {
    return this.config.strategies.find(({ id }) => id === this.select?.value);
  }

  private choose(): void {
    const strategy = this.chosen;
    keepList("strategy", strategy ? [strategy.id] : null);
    const others = Object.keys(strategy?.shown ?? {}).filter((id) => id !== PROPOSALS);
    this.legend.set(strategy?.shown[PROPOSALS]?.["mission"] ?? null, others);
    this.apply();
  }

  private follow(): void {
    if (this.select) this.select.value = kept("strategy")?.[0] ?? "";
    // A link to a strategy alone means all that it shows.
    if (this.chosen && kept("missions") === null && kept("layers") === null) return this.choose();
    this.apply();
  }

  private apply(): void {
    const strategy = this.chosen;
    this.layers.narrow(strategy?.shown ?? {});
    const note = document.getElementById("strategy-note");
    if (!note) return;
    note.hidden = !strategy;
    if (!strategy) return note.replaceChildren();
    const absent = strategy.absent.length > 0 ? this.words.say("strategy_absent", { what: strategy.absent.join(", ") }) : "";
    const about = this.words.say("strategy_about", { code: strategy.code });
    note.replaceChildren(element("span", "", `${about} ${absent} `), link("", strategy.url, this.words.say("strategy_page")));
  }
}
