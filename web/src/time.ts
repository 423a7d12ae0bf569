// The map as it was on a day, or when a release had just been published: chosen in the legend, kept in the address.
import { keepList, kept } from "./address.ts";
import { publishedReleases, releaseOption } from "./releases.ts";
import type { Moment } from "./tiles.ts";
import type { Words } from "./words.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class Time {
  private readonly input = document.getElementById("as-of") as HTMLInputElement | null;
  private readonly release = document.getElementById("as-of-release") as HTMLSelectElement | null;
  private offered: Promise<void> | undefined;

  constructor(
    private readonly words: Words,
    private readonly changed: () => void,
  ) {
    this.input?.removeAttribute("disabled");
    document.getElementById("time")?.addEventListener("toggle", () => void this.offer());
    this.input?.addEventListener("change", () => this.choose(this.input?.value ?? ""));
    this.release?.addEventListener("change", () => this.choose(this.release?.value ?? ""));
    document.getElementById("as-of-now")?.addEventListener("click", () => this.choose(""));
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

  private choose(on: string): void {
    keepList("on", on ? [on] : null);
    this.follow();
    this.changed();
  }

  /** Fills the choices with the published releases, once. */
  private offer(): Promise<void> {
    this.offered ??= publishedReleases().then((releases) => {
      const titles = new Map([...document.querySelectorAll<HTMLOptionElement>("#compare-source option")].map(({ value, label }) => [value.split("/")[1], label]));
      this.release?.append(...releases.map((release) => releaseOption(release, this.words, titles.get(release.source) ?? release.source)));
      if (this.release) this.release.value = this.moment.release ?? "";
    });
    return this.offered;
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
    const panel = document.getElementById("time");
    if (panel instanceof HTMLDetailsElement && (datetime || release)) panel.open = true;
  }
}
