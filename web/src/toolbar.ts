// The buttons above the map. What they do is loaded when the first of them is pressed, or the address asks for it.
import type { Map as MapLibreMap } from "maplibre-gl";
import { kept } from "./address.ts";
import type { Config } from "./config.ts";
import type { Panel } from "./panel.ts";
import type { Selection } from "./selection.ts";
import type { Kind } from "./sketch.ts";
import type { Tools } from "./tools.ts";
import type { Words } from "./words.ts";

export class Toolbar {
  private tools: Promise<Tools> | undefined;

  constructor(
    private readonly map: MapLibreMap,
    private readonly panel: Panel,
    private readonly selection: Selection,
    private readonly config: Config,
    private readonly words: Words,
  ) {
    document.getElementById("map-tools")?.removeAttribute("hidden");
    for (const button of document.querySelectorAll<HTMLButtonElement>("#map-tools [data-draw]")) {
      button.addEventListener("click", () => this.use((tools) => tools.draw(button.dataset["draw"] as Kind)));
    }
    for (const button of document.querySelectorAll<HTMLButtonElement>("#map-tools [data-measure]")) {
      button.addEventListener("click", () => this.use((tools) => tools.measure(button.dataset["measure"] as Kind)));
    }
    this.button("tool-locate", (tools) => tools.locate());
    this.button("tool-picture", (tools) => void tools.picture());
    document.getElementById("tool-print")?.addEventListener("click", () => window.print());
    const file = document.getElementById("tool-file");
    document.getElementById("tool-bring")?.addEventListener("click", () => file?.click());
    file?.addEventListener("change", () => file instanceof HTMLInputElement && this.bring(file));
    selection.screen = (name) => this.use((tools) => tools.screenRecord(name));
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  private follow(): void {
    if (kept("draw") !== null) this.use((tools) => tools.follow());
  }

  private bring(input: HTMLInputElement): void {
    const [file] = input.files ?? [];
    if (file) this.use((tools) => void tools.bring(file));
    input.value = "";
  }

  private button(id: string, action: (tools: Tools) => void): void {
    document.getElementById(id)?.addEventListener("click", () => this.use(action));
  }

  private use(action: (tools: Tools) => void): void {
    this.tools ??= this.load();
    this.tools.then(action).catch((error) => console.warn("the tools cannot be loaded", error));
  }

  private async load(): Promise<Tools> {
    const { Tools } = await import("./tools.ts");
    const tools = new Tools(this.map, this.panel, this.config, this.words);
    this.selection.yieldTo(() => tools.isDrawing);
    return tools;
  }
}
