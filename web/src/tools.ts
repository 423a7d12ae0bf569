// What the reader does with the map beside reading it: draws or brings a shape to be screened, measures. Loaded when first used.
import type { Geometry } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import { keepList, kept } from "./address.ts";
import type { Config } from "./config.ts";
import { Drawing } from "./drawing.ts";
import { locate } from "./location.ts";
import type { Panel } from "./panel.ts";
import { download } from "./picture.ts";
import { Screening } from "./screening.ts";
import { type Kind, type Sketch, geometryOf, read, write } from "./sketch.ts";
import { area, length } from "./sphere.ts";
import type { Words } from "./words.ts";

export class Tools {
  private readonly drawing: Drawing;
  private readonly screening: Screening;

  constructor(
    private readonly map: MapLibreMap,
    private readonly panel: Panel,
    private readonly config: Config,
    private readonly words: Words,
  ) {
    this.drawing = new Drawing(map, words);
    this.screening = new Screening(panel, words, config.language);
  }

  get isDrawing(): boolean {
    return this.drawing.isActive;
  }

  /** Screens the shape that the address keeps, if it keeps one. */
  follow(): void {
    const sketch = read(kept("draw"));
    if (!sketch) return;
    this.panel.close();
    this.screen(sketch);
  }

  /** Lets the reader draw a shape, and screens it. */
  draw(kind: Kind): void {
    this.begin();
    this.drawing.start(kind, { grows: (sketch) => this.tell(sketch), done: (sketch) => this.screen(sketch), cancelled: () => this.forget() });
  }

  /** Lets the reader draw a line or an area, and says how long or large it is. */
  measure(kind: Kind): void {
    this.begin();
    this.drawing.start(kind, { grows: (sketch) => this.tell(sketch), done: (sketch) => this.tell(sketch), cancelled: () => this.forget() });
  }

  /** Screens a file. A GeoJSON is shown as well; other formats are read by the server alone. */
  async bring(file: File): Promise<void> {
    this.begin();
    this.drawing.show(await geometryIn(file));
    void this.screening.ask({ file }, 0, () => this.drawing.show(null));
  }

  /** Screens a record. */
  screenRecord(feature: string): void {
    this.begin();
    void this.screening.ask({ feature }, 0, () => undefined);
  }

  /** Shows where the reader is. */
  locate(): void {
    locate(this.map, this.config, this.words, (text) => this.say(text));
  }

  /** Gives the map as a file. */
  async picture(): Promise<void> {
    await download(this.map, this.config, this.words);
  }

  private screen(sketch: Sketch): void {
    const geometry = geometryOf(sketch);
    keepList("draw", write(sketch));
    this.drawing.show(geometry);
    this.tell(sketch);
    void this.screening.ask({ place: geometry }, this.drawing.shareOf(sketch), () => this.forget());
  }

  /** Puts away what was there before. */
  private begin(): void {
    this.panel.close();
    this.forget();
  }

  private forget(): void {
    keepList("draw", null);
    this.drawing.show(null);
    this.say("");
  }

  private tell(sketch: Sketch): void {
    this.say(sketch.points.length < 2 ? "" : sketch.kind === "polygon" && sketch.points.length > 2 ? this.area(sketch) : this.length(sketch));
  }

  private area({ points }: Sketch): string {
    const squareMetres = area(points);
    return this.words.say("measured_area", { m2: this.words.integer(squareMetres), ha: this.words.decimal(squareMetres / 10_000) });
  }

  private length({ points }: Sketch): string {
    const metres = length(points);
    return this.words.say("measured_length", { m: this.words.integer(metres), km: this.words.decimal(metres / 1000) });
  }

  private say(text: string): void {
    const measured = document.getElementById("measured");
    if (measured) measured.textContent = text;
  }
}

/** The geometries of a GeoJSON file as one; `null` for whatever else a file is. */
async function geometryIn(file: File): Promise<Geometry | null> {
  if (!/json$/i.test(file.name)) return null;
  try {
    const content = JSON.parse(await file.text()) as { features?: { geometry: Geometry }[]; geometry?: Geometry; type: string };
    if (content.features) return { type: "GeometryCollection", geometries: content.features.map(({ geometry }) => geometry) };
    return content.geometry ?? (content as unknown as Geometry);
  } catch {
    return null;
  }
}
