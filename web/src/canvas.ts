// The map itself: where it is drawn, how it is moved, what its buttons say.
import { LngLatBounds, Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import type { IControl } from "maplibre-gl";
import type { Config } from "./config.ts";
import type { Words } from "./words.ts";

/** The deepest zoom that helps: nothing on the map is finer. */
const CLOSEST = 17;

/** How far a press of a button moves the map, in pixels. */
const STEP = 120;

/** Draws the map into `#map`. Throws where the device has no WebGL. */
export function drawMap(config: Config, words: Words, options: { hash?: string } = {}): MapLibreMap {
  setWorkerUrl("/assets/worker.js");
  const map = new MapLibreMap({
    container: "map",
    style: new URL(config.style, window.location.href).href,
    bounds: config.extent,
    fitBoundsOptions: { padding: padding() },
    maxBounds: around(config.extent),
    maxZoom: CLOSEST,
    hash: options.hash ?? false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    // On a touch screen one finger scrolls the page, two move the map: nobody gets stuck in it.
    cooperativeGestures: window.matchMedia("(pointer: coarse)").matches,
    locale: {
      "Map.Title": words.say("region"),
      "NavigationControl.ZoomIn": words.say("zoom_in"),
      "NavigationControl.ZoomOut": words.say("zoom_out"),
      "Popup.Close": words.say("close"),
      "CooperativeGesturesHandler.WindowsHelpText": words.say("two_fingers_windows"),
      "CooperativeGesturesHandler.MacHelpText": words.say("two_fingers_mac"),
      "CooperativeGesturesHandler.MobileHelpText": words.say("two_fingers"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-left");
  map.addControl(new WholeTerritory(config, words), "top-left");
  if (options.hash) map.addControl(new PanButtons(words), "top-left");
  map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-left");
  return map;
}

/** Says that the map cannot be drawn, and shows the way to the table. */
export function showFailure(): void {
  document.getElementById("map")?.setAttribute("hidden", "");
  document.getElementById("map-failure")?.removeAttribute("hidden");
}

/** A button that shows the whole territory again. */
class WholeTerritory implements IControl {
  private readonly element = document.createElement("div");

  constructor(
    private readonly config: Config,
    private readonly words: Words,
  ) {}

  onAdd(map: MapLibreMap): HTMLElement {
    this.element.className = "maplibregl-ctrl maplibregl-ctrl-group";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "whole-territory";
    button.title = this.words.say("whole");
    button.setAttribute("aria-label", this.words.say("whole"));
    button.addEventListener("click", () => map.fitBounds(this.config.extent, { padding: padding() }));
    this.element.append(button);
    return this.element;
  }

  onRemove(): void {
    this.element.remove();
  }
}

/** Four buttons that move the map, for whoever can press buttons but not drag. */
class PanButtons implements IControl {
  private readonly element = document.createElement("div");

  constructor(private readonly words: Words) {}

  onAdd(map: MapLibreMap): HTMLElement {
    this.element.className = "maplibregl-ctrl maplibregl-ctrl-group pan-buttons";
    for (const [word, sign, x, y] of [["pan_north", "↑", 0, -1], ["pan_south", "↓", 0, 1], ["pan_west", "←", -1, 0], ["pan_east", "→", 1, 0]] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.title = this.words.say(word);
      button.setAttribute("aria-label", this.words.say(word));
      button.addEventListener("click", () => map.panBy([x * STEP, y * STEP]));
      this.element.append(button);
    }
    return this.element;
  }

  onRemove(): void {
    this.element.remove();
  }
}

function padding(): number {
  return window.innerWidth < 600 ? 12 : 24;
}

/** The extent with as much again on each side: the map cannot be lost. */
function around([west, south, east, north]: Config["extent"]): LngLatBounds {
  const width = east - west;
  const height = north - south;
  return new LngLatBounds([west - width, south - height, east + width, north + height]);
}
