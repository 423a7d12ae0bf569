// Clicks on the map open a popup; the focus goes into it and comes back when it closes.
import {
  type LayerSpecification,
  type LngLatLike,
  type Map as MapLibreMap,
  type MapGeoJSONFeature,
  type PointLike,
  Popup,
} from "maplibre-gl";
import { Contents } from "./contents.ts";
import type { Config } from "./config.ts";
import type { Layers } from "./layers.ts";
import { type Choice, PROPOSALS } from "./missions.ts";
import type { Words } from "./words.ts";

/** How far beside a small symbol a finger or a pointer may be, in pixels. */
const REACH = 5;
/** Narrower than this, popups are sheets at the bottom of the map: see map-popup.css. */
const NARROW = 600;
/** Room between a popup and the edge of the map, in pixels. */
const MARGIN = 8;
/** Where "see them one by one" leads: near enough to read the signs. */
const READABLE = 12.8;

export class Popups {
  private readonly contents: Contents;
  private popup: Popup | undefined;

  constructor(
    private readonly map: MapLibreMap,
    private readonly layers: Layers,
    private readonly choice: () => Choice,
    config: Config,
    words: Words,
  ) {
    this.contents = new Contents(config, words);
    map.on("click", (event) => this.openAt([event.point.x, event.point.y], event.lngLat));
    map.on("mousemove", (event) => {
      const point = this.pointsAt([event.point.x, event.point.y]).length > 0;
      map.getCanvas().style.cursor = point ? "pointer" : "";
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Shows a municipality that was looked for: moves there, and says what is known of it. */
  goTo(code: string, at: [number, number]): void {
    this.close();
    this.layers.select([code]);
    this.map.easeTo({ center: at, zoom: Math.max(this.map.getZoom(), READABLE) });
    document.getElementById("map-frame")?.scrollIntoView({ block: "nearest" });
  }

  close(): void {
    this.popup?.remove();
  }

  private openAt(point: [number, number], lngLat: LngLatLike): void {
    const hits = this.pointsAt(point);
    const first = hits[0];
    if (first?.properties["cluster"] === true) return this.openCluster(first);
    const proposals = hits.filter((hit) => hit.sourceLayer === PROPOSALS);
    if (proposals.length > 1) return this.open(this.contents.several(proposals), lngLat);
    if (proposals[0]) return this.open(this.contents.proposal(proposals[0]), position(proposals[0]) ?? lngLat);
    if (first) return this.open(this.contents.other(first), position(first) ?? lngLat);
    const under = this.map.queryRenderedFeatures(point);
    const shape = under.find((hit) => hit.sourceLayer === PROPOSALS);
    if (shape) return this.open(this.contents.proposal(shape), lngLat);
    const drawn = under.find((hit) => hit.sourceLayer === "programmes" || hit.sourceLayer === "areas");
    if (drawn) return this.open(this.contents.other(drawn), lngLat);
    const municipality = under.find((hit) => hit.sourceLayer === "municipalities");
    if (!municipality) return this.close();
    this.open(this.contents.municipality(municipality), lngLat);
    this.layers.select([String(municipality.properties["istat_code"])]);
  }

  private openCluster(cluster: MapGeoJSONFeature): void {
    const at = position(cluster);
    if (!at) return;
    const zoomIn = () => {
      this.close();
      this.map.easeTo({ center: at, zoom: READABLE });
      this.map.getCanvas().focus({ preventScroll: true });
    };
    this.open(this.contents.cluster(cluster.properties, this.choice(), zoomIn), at);
    this.layers.select([String(cluster.properties["municipality"])]);
  }

  private open(content: HTMLElement, at: LngLatLike): void {
    this.close();
    const popup = new Popup({ maxWidth: "min(21rem, calc(100vw - 2.5rem))", focusAfterOpen: false })
      .setLngLat(at)
      .setDOMContent(content)
      .addTo(this.map);
    const box = popup.getElement();
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-labelledby", "popup-title");
    box.tabIndex = -1;
    box.focus({ preventScroll: true });
    popup.on("close", () => {
      // What had the focus is gone with the popup: it goes back to the map.
      const lost = document.activeElement === document.body;
      if (this.popup === popup) this.popup = undefined;
      this.layers.select([]);
      if (lost) this.map.getCanvas().focus({ preventScroll: true });
    });
    this.popup = popup;
    this.bringIntoSight(box, at);
  }

  /** Moves the map so that the popup is whole. On a narrow map it is a sheet: what it is about has to be above it. */
  private bringIntoSight(box: HTMLElement, at: LngLatLike): void {
    const frame = this.map.getContainer().getBoundingClientRect();
    if (frame.width < NARROW) {
      this.map.panTo(at, { offset: [0, -frame.height / 3] });
      return;
    }
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const x = Math.min(0, left - frame.left - MARGIN) || Math.max(0, right - frame.right + MARGIN);
    const y = Math.min(0, top - frame.top - MARGIN) || Math.max(0, bottom - frame.bottom + MARGIN);
    if (x !== 0 || y !== 0) this.map.panBy([x, y]);
  }

  /** The points under a place on the screen: exact hits, or, where there is none, near ones; each feature once. */
  private pointsAt([x, y]: [number, number]): MapGeoJSONFeature[] {
    const layers = this.map.getStyle().layers.filter(isSign).map((layer) => layer.id);
    const exact = this.map.queryRenderedFeatures([x, y], { layers });
    const near: [PointLike, PointLike] = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const hits = exact.length > 0 ? exact : this.map.queryRenderedFeatures(near, { layers }).slice(0, 1);
    const seen = new Set<string>();
    return hits.filter((hit) => {
      const key = `${hit.sourceLayer}/${hit.id ?? String(hit.properties["municipality"])}`;
      return !seen.has(key) && seen.add(key);
    });
  }
}

/** Whether a layer draws signs that can be clicked. */
function isSign({ id, type }: LayerSpecification): boolean {
  return type === "circle" || id === "proposals-shapes-signs";
}

function position(feature: MapGeoJSONFeature): [number, number] | undefined {
  if (feature.geometry.type !== "Point") return undefined;
  const [x, y] = feature.geometry.coordinates;
  return x === undefined || y === undefined ? undefined : [x, y];
}

