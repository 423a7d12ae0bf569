// Drawing on the map: a click or a tap puts a point; with the keyboard, Enter puts one at the crosshair in the middle, which the
// arrows move. The same place twice ends the shape, Escape takes the last point back. Nothing here knows what the shape is for.
import type { GeoJSONSource, Map as MapLibreMap, MapMouseEvent } from "maplibre-gl";
import type { Geometry } from "geojson";
import { element } from "./elements.ts";
import { type Kind, type Sketch, geometryOf, isWhole, rounded } from "./sketch.ts";
import type { Point } from "./sphere.ts";
import type { Words } from "./words.ts";

/** Two places nearer than this, in pixels, are the same. */
const SAME = 8;

/** What is told of a drawing. */
export interface Ends {
  /** Its points so far. */
  grows(sketch: Sketch): void;
  done(sketch: Sketch): void;
  cancelled(): void;
}

export class Drawing {
  private sketch: Sketch | null = null;
  private ends: Ends | null = null;
  private readonly bar = document.getElementById("drawing-bar");
  private readonly crosshair = element("div", "crosshair");

  constructor(
    private readonly map: MapLibreMap,
    private readonly words: Words,
  ) {
    this.crosshair.setAttribute("aria-hidden", "true");
    this.button("drawing-done", () => this.finish());
    this.button("drawing-undo", () => this.undo());
    this.button("drawing-cancel", () => this.stop()?.cancelled());
    map.getCanvas().after(this.crosshair);
    map.getCanvas().addEventListener("keydown", (event) => this.press(event));
    map.on("click", (event) => this.click(event));
  }

  get isActive(): boolean {
    return this.sketch !== null;
  }

  start(kind: Kind, ends: Ends): void {
    this.stop()?.cancelled();
    this.sketch = { kind, points: [] };
    this.ends = ends;
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("drawing");
    if (this.bar) this.bar.hidden = false;
    this.grow();
    this.map.getCanvas().focus({ preventScroll: true });
  }

  /** Where the middle of a shape is, as a share of the map's width. */
  shareOf({ points }: Sketch): number {
    const xs = points.map((point) => this.map.project(point).x);
    return xs.reduce((sum, x) => sum + x, 0) / xs.length / this.map.getContainer().clientWidth;
  }

  /** Shows a geometry as drawn; `null`: none. */
  show(geometry: Geometry | null): void {
    const source = this.map.getSource<GeoJSONSource>("drawn") ?? this.addLayers();
    source?.setData(geometry ? { type: "Feature", properties: {}, geometry } : { type: "FeatureCollection", features: [] });
  }

  private click({ point, lngLat }: MapMouseEvent): void {
    if (this.sketch) this.put([lngLat.lng, lngLat.lat], [point.x, point.y]);
  }

  private press(event: KeyboardEvent): void {
    if (!this.sketch || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return this.undo();
    const { lng, lat } = this.map.getCenter();
    const { x, y } = this.map.project([lng, lat]);
    this.put([lng, lat], [x, y]);
  }

  private put(at: Point, [x, y]: [number, number]): void {
    if (!this.sketch) return;
    const { points, kind } = this.sketch;
    const isAt = (known: Point | undefined) => {
      if (!known) return false;
      const there = this.map.project(known);
      return Math.hypot(there.x - x, there.y - y) < SAME;
    };
    if (isAt(points.at(-1)) || (kind === "polygon" && isAt(points[0]))) return this.finish();
    points.push(rounded(at));
    this.grow();
    if (kind === "point") this.finish();
  }

  private undo(): void {
    if (!this.sketch?.points.pop()) return this.stop()?.cancelled();
    this.grow();
  }

  private finish(): void {
    const { sketch } = this;
    if (sketch && isWhole(sketch)) this.stop()?.done(sketch);
  }

  private grow(): void {
    const { sketch } = this;
    if (!sketch) return;
    this.show(sketch.points.length > 0 ? geometryOf(sketch) : null);
    const done = document.getElementById("drawing-done");
    if (done instanceof HTMLButtonElement) done.disabled = !isWhole(sketch);
    const hint = document.getElementById("drawing-hint");
    if (hint) hint.textContent = this.hint(sketch.kind);
    this.ends?.grows(sketch);
  }

  /** What to do. Where fingers draw there are no keys, and little room. */
  private hint(kind: Kind): string {
    const hint = this.words.say(`draw_${kind}`);
    if (window.matchMedia("(pointer: coarse)").matches) return hint;
    return `${hint} ${this.words.say(kind === "point" ? "draw_point_keys" : "draw_keys")}`;
  }

  private stop(): Ends | null {
    const { ends } = this;
    this.sketch = this.ends = null;
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("drawing");
    if (this.bar) this.bar.hidden = true;
    return ends;
  }

  private addLayers(): GeoJSONSource | undefined {
    const { map } = this;
    const colour = map.getPaintProperty("municipalities-selected-outline", "line-color") as string;
    map.addSource("drawn", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({ id: "drawn-inside", type: "fill", source: "drawn", paint: { "fill-color": colour, "fill-opacity": 0.15 } });
    map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": colour, "line-width": 3, "line-dasharray": [2, 1] } });
    map.addLayer({ id: "drawn-corners", type: "circle", source: "drawn", paint: { "circle-color": "white", "circle-radius": 5, "circle-stroke-color": colour, "circle-stroke-width": 3 } });
    return map.getSource<GeoJSONSource>("drawn");
  }

  private button(id: string, action: () => void): void {
    document.getElementById(id)?.addEventListener("click", action);
  }
}
