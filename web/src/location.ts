// Where the reader is, when they ask: the device tells the browser, and nobody else.
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import type { Config } from "./config.ts";
import type { Words } from "./words.ts";

/** As near as a quarter of a town. */
const NEAR = 14;

/** Asks the device, goes there and marks it; says what came of it. */
export function locate(map: MapLibreMap, config: Config, words: Words, say: (text: string) => void): void {
  if (!navigator.geolocation) return say(words.say("locate_failure"));
  say(words.say("locate_wait"));
  navigator.geolocation.getCurrentPosition(
    ({ coords: { longitude, latitude, accuracy } }) => {
      const [west, south, east, north] = config.extent;
      if (longitude < west || longitude > east || latitude < south || latitude > north) return say(words.say("locate_outside"));
      mark(map, [longitude, latitude]);
      map.easeTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), NEAR) });
      say(words.say("locate_here", { m: words.integer(accuracy) }));
    },
    () => say(words.say("locate_failure")),
    { timeout: 15_000 },
  );
}

function mark(map: MapLibreMap, at: [number, number]): void {
  const data = { type: "Feature" as const, properties: {}, geometry: { type: "Point" as const, coordinates: at } };
  const source = map.getSource<GeoJSONSource>("here");
  if (source) return void source.setData(data);
  const colour = map.getPaintProperty("municipalities-selected-outline", "line-color") as string;
  map.addSource("here", { type: "geojson", data });
  map.addLayer({ id: "here", type: "circle", source: "here", paint: { "circle-color": colour, "circle-radius": 9, "circle-stroke-color": "white", "circle-stroke-width": 4 } });
}
