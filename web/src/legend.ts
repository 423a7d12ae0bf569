// The legend's boxes: they filter the map, and the address remembers them.
import { keepList, kept } from "./address.ts";
import type { Layers } from "./layers.ts";
import type { Choice } from "./missions.ts";

export class Legend {
  private readonly missions = boxes("mission");
  private readonly toggles = boxes("layer");

  constructor(
    private readonly layers: Layers,
    private readonly changed: () => void,
  ) {
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

  /** Chooses missions and other layers; `null`: all missions. */
  set(missions: Choice, layers: string[]): void {
    for (const box of this.missions) box.checked = missions === null || missions.includes(box.value);
    for (const box of this.toggles) box.checked = layers.includes(box.value);
    this.chooseLayers();
    this.chooseMissions();
  }

  /** Sets the boxes as the address says. */
  private follow(): void {
    const missions = kept("missions");
    for (const box of this.missions) box.checked = missions === null || missions.includes(box.value);
    const layers = kept("layers") ?? [];
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
