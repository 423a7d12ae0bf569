// What can be clicked on the map, and what is under a place on the screen.
import type { LayerSpecification, Map as MapLibreMap, MapGeoJSONFeature, PointLike } from "maplibre-gl";

/** How far beside a small symbol a finger or a pointer may be, in pixels. */
const REACH = 5;

/** The points under a place on the screen: exact hits, or, where there is none, near ones; each feature once. */
export function signsAt(map: MapLibreMap, [x, y]: [number, number]): MapGeoJSONFeature[] {
  const layers = map.getStyle().layers.filter(isSign).map((layer) => layer.id);
  const exact = map.queryRenderedFeatures([x, y], { layers });
  const near: [PointLike, PointLike] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
  const hits = exact.length > 0 ? exact : map.queryRenderedFeatures(near, { layers }).slice(0, 1);
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const key = `${hit.sourceLayer}/${hit.id ?? String(hit.properties["municipality"])}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whether a layer draws signs that can be clicked. */
function isSign({ id, type, ...layer }: LayerSpecification): boolean {
  return "source-layer" in layer && !id.endsWith("-marked") && (type === "circle" || id === "proposals-shapes-signs");
}
