// The small map on a record's page: its municipality highlighted, its own shape where there is one.
import type { ExpressionSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { drawMap } from "./canvas.ts";
import { type Place, readConfig } from "./config.ts";
import { drawImages } from "./images.ts";
import { Layers } from "./layers.ts";
import { PROPOSALS } from "./missions.ts";
import { Words } from "./words.ts";

const config = readConfig();
const words = new Words(config);
try {
  const map = drawMap(config, words);
  window.remixMap = map;
  drawImages(map);
  map.once("style.load", () => {
    const layers = new Layers(map);
    layers.show(PROPOSALS, false);
    if (config.place) {
      layers.select(config.place.municipalities);
      drawShape(map, config.place);
    }
  });
} catch (error) {
  // The drawing under it stays.
  console.warn("the map cannot be drawn", error);
  document.getElementById("map")?.remove();
}

/** Draws the record's own shape in its mission's colour, which is read off the style. */
function drawShape(map: MapLibreMap, place: Place): void {
  if (!place.geometry) return;
  const style = map.getStyle();
  map.addSource("shape", {
    type: "geojson",
    data: { type: "Feature", properties: { mission: place.mission, precision: "geometry" }, geometry: place.geometry },
  });
  const colour = colourOf(style, place);
  const before = "municipalities-names";
  map.addLayer(
    {
      id: "shape-fill",
      type: "fill",
      source: "shape",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.2 },
    },
    before,
  );
  map.addLayer(
    {
      id: "shape-line",
      type: "line",
      source: "shape",
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": colour, "line-width": 3 },
    },
    before,
  );
  map.addLayer(
    {
      id: "shape-point",
      type: "circle",
      source: "shape",
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": colour, "circle-radius": 9, "circle-stroke-color": "white", "circle-stroke-width": 2 },
    },
    before,
  );
  if (place.mission) drawSign(map, style);
}

/** The sign of a proposal, as the map has it: a small shape is found by it. */
function drawSign(map: MapLibreMap, style: StyleSpecification): void {
  const sign = style.layers.find((layer) => layer.id === "proposals-shapes-signs");
  if (sign?.type !== "symbol") return;
  const { layout = {}, paint = {} } = sign;
  map.addLayer({ id: "shape-sign", type: "symbol", source: "shape", filter: ["!=", ["geometry-type"], "Point"], layout, paint });
}

/** A proposal's shape has its mission's colour, any other that of what is selected. */
function colourOf(style: StyleSpecification, place: Place): ExpressionSpecification {
  const layer = style.layers.find(({ id }) => id === (place.mission ? "proposals-placed" : "municipalities-selected-outline"));
  const paint = layer?.type === "circle" ? layer.paint?.["circle-color"] : undefined;
  const line = layer?.type === "line" ? layer.paint?.["line-color"] : undefined;
  return (paint ?? line ?? "gray") as ExpressionSpecification;
}
