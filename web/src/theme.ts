// The municipalities coloured by a figure of theirs, in classes that the legend gives in numbers. The number itself stands under
// each name, so that nothing is told by colour alone, and in a table. What cannot be worked out is hatched, and said.
import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import { bounds, classOf } from "./classes.ts";
import type { Config } from "./config.ts";
import { element } from "./elements.ts";
import type { Figures, MunicipalityFigures, Numbers } from "./figures.ts";
import type { Layers } from "./layers.ts";
import { type Row, fillThemeTable } from "./theme_table.ts";
import type { Words } from "./words.ts";

/** As many as the palette has colours. */
const CLASSES = 5;
const FILL = "municipalities-theme";
const ABSENT = "municipalities-absent";
const NAMES = "municipalities-names";

/** What municipalities can be coloured by; `null`: that cannot be worked out. */
const THEMES: Record<string, (figures: MunicipalityFigures) => number | null> = {
  each: ({ population, funding_cents: funding, per_inhabitant_cents: each }) => (population === null ? null : funding === null ? 0 : each),
  proposals: ({ proposals }) => proposals,
  located: ({ proposals, located }) => (proposals === 0 ? null : (100 * located) / proposals),
};

export class Theme {
  private readonly select = document.getElementById("theme") as HTMLSelectElement | null;
  private readonly names: ExpressionSpecification;
  private numbers: Numbers | null = null;

  constructor(
    private readonly map: MapLibreMap,
    private readonly layers: Layers,
    private readonly config: Config,
    private readonly words: Words,
    figures: Figures,
  ) {
    this.names = map.getLayoutProperty(NAMES, "text-field") as ExpressionSpecification;
    if (this.select) {
      this.select.disabled = false;
      this.select.addEventListener("change", () => {
        keepList("theme", this.select?.value ? [this.select.value] : null);
        this.show();
      });
    }
    window.addEventListener("hashchange", () => this.follow());
    this.follow();
    figures.hear((numbers) => {
      this.numbers = numbers;
      this.show();
    });
  }

  private follow(): void {
    if (this.select) this.select.value = kept("theme")?.[0] ?? "";
    this.show();
  }

  private show(): void {
    const id = this.select?.value ?? "";
    const figure = THEMES[id];
    const rows = figure && this.numbers ? this.rows(id, figure, this.numbers) : [];
    this.layers.hideClusters("theme", Boolean(figure));
    const edges = bounds(rows.flatMap(({ value }) => (value === null ? [] : [value])), CLASSES);
    this.colour(rows, edges);
    this.tell(id, rows, edges);
    fillThemeTable(id, rows, edges, this.words);
  }

  private rows(id: string, figure: (figures: MunicipalityFigures) => number | null, numbers: Numbers): Row[] {
    return numbers.municipalities.flatMap((figures) => {
      const municipality = this.config.municipalities.find(({ code }) => code === figures.code);
      if (!municipality) return [];
      const value = figure(figures);
      const url = this.config.sheet_url.replace("{municipality}", figures.code);
      return [{ code: figures.code, name: municipality.name, url, value, text: value === null ? this.words.say(`theme_${id}_absent`) : this.text(id, value) }];
    });
  }

  private text(id: string, value: number): string {
    if (id === "each") return this.words.euros(value);
    return id === "located" ? this.words.say("percent", { count: this.words.integer(value) }) : this.words.integer(value);
  }

  private colour(rows: Row[], edges: number[]): void {
    const { map } = this;
    if (!map.getLayer(FILL)) this.addLayers();
    const known = rows.filter(({ value }) => value !== null);
    const absent = rows.filter(({ value }) => value === null).map(({ code }) => code);
    map.setLayoutProperty(FILL, "visibility", known.length > 0 ? "visible" : "none");
    map.setFilter(ABSENT, ["in", ["get", "istat_code"], ["literal", absent]]);
    map.setLayoutProperty(NAMES, "text-field", known.length > 0 ? this.labelled(known) : this.names);
    if (known.length === 0) return;
    const colours = known.map(({ code, value }): [string, string] => [code, colourOf(classOf(value ?? 0, edges))]);
    map.setPaintProperty(FILL, "fill-color", byMunicipality(colours, "transparent"));
  }

  /** The names with the figures under them. */
  private labelled(rows: Row[]): ExpressionSpecification {
    const values = rows.map(({ code, text }): [string, string] => [code, `\n${text}`]);
    return ["concat", this.names, byMunicipality(values, "")];
  }

  private addLayers(): void {
    const own = { source: "municipalities", "source-layer": "municipalities" } as const;
    this.map.addLayer({ id: FILL, type: "fill", ...own, paint: { "fill-color": "transparent" } }, "municipalities-selected");
    this.map.addLayer({ id: ABSENT, type: "fill", ...own, filter: ["boolean", false], paint: { "fill-pattern": "hatch" } }, "municipalities-selected");
  }

  /** The legend: each class with its bounds, and how many municipalities are in it. */
  private tell(id: string, rows: Row[], edges: number[]): void {
    const legend = document.getElementById("theme-legend");
    if (!legend) return;
    const classes = Array.from({ length: edges.length + 1 }, (_, number) => rows.filter(({ value }) => value !== null && classOf(value, edges) === number));
    const items = classes.map((inside, number) => {
      const values = inside.map(({ value }) => value ?? 0);
      const from = this.text(id, edges[number - 1] ?? values.reduce((one, other) => Math.min(one, other), Infinity));
      const to = this.text(id, values.reduce((one, other) => Math.max(one, other), -Infinity));
      return entry(String(number + 1), values.length === 0 ? "" : from === to ? from : `${from} – ${to}`, this.words.integer(inside.length));
    });
    const absent = rows.filter(({ value }) => value === null);
    if (absent.length > 0) items.push(entry("absent", this.words.say(`theme_${id}_absent`), this.words.integer(absent.length)));
    legend.replaceChildren(...(rows.length > 0 ? items : []));
    const title = document.getElementById("theme-title");
    if (title) title.textContent = id ? this.words.say(`theme_${id}`) : "";
    for (const part of ["theme-box", "theme-note"]) document.getElementById(part)?.toggleAttribute("hidden", rows.length === 0);
  }
}

function byMunicipality(values: [string, string][], otherwise: string): ExpressionSpecification {
  return ["match", ["get", "istat_code"], ...values.flat(), otherwise] as unknown as ExpressionSpecification;
}

function entry(sign: string, range: string, count: string): HTMLElement {
  const swatch = element("span", "class-sign", sign === "absent" ? "" : sign);
  swatch.dataset["class"] = sign;
  swatch.setAttribute("aria-hidden", "true");
  return element("li", "", swatch, element("span", "mission-label", range), element("span", "mission-count", count));
}

/** The colour of a class, as the legend has it: palette.json is the one place of both. */
function colourOf(number: number): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--classes-c${number + 1}`).trim();
}
