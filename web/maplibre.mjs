// MapLibre as the map needs it: built from its sources, without what no style of ours asks for. What is left out says so if it is
// asked for after all; what is listed here and is not there any more ends the build.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What `import … from "maplibre-gl"` gives: what src/ imports, and no more. */
const GIVEN = [
  'export { Map } from "./ui/map.ts";',
  'export { NavigationControl } from "./ui/control/navigation_control.ts";',
  'export { ScaleControl } from "./ui/control/scale_control.ts";',
  'export { LngLatBounds } from "./geo/lng_lat_bounds.ts";',
  'import { config } from "./util/config.ts";',
  "export const setWorkerUrl = (url) => { config.WORKER_URL = url; };",
];

const each = (pattern, names) => names.map((name) => pattern.replace("*", name));

/** Files of MapLibre that are replaced by what has the same names and does nothing. */
const LEFT_OUT = [
  // The earth is flat: the map is Mercator's.
  ...each("geo/projection/globe_*.ts", ["projection", "transform", "camera_helper"]),
  ...each("geo/projection/vertical_perspective_*.ts", ["projection", "transform", "camera_helper"]),
  // There is no ground, no sky, and nothing stands up.
  ...each("*.ts", ["render/terrain", "webgl/render_to_texture", "webgl/draw/draw_terrain", "webgl/draw/draw_sky"]),
  // Tiles are vectors, as MVT.
  ...each("source/*.ts", ["image_source", "video_source", "canvas_source", "raster_tile_source", "raster_dem_tile_source"]),
  ...each("source/*.ts", ["raster_dem_tile_worker_source", "vector_tile_mlt"]),
  ...each("style/style_layer/*_style_layer.ts", ["heatmap", "hillshade", "color_relief", "fill_extrusion", "raster"]),
  ...each("webgl/draw/draw_*.ts", ["heatmap", "hillshade", "color_relief", "fill_extrusion", "raster"]),
];

/** The programs for the graphics card of all that. */
const SHADERS = /shaders\/glsl\/(heatmap|hillshade|color_relief|fill_extrusion|raster|terrain|sky|atmosphere|_projection_globe)[a-z_]*\.\w+\.glsl\.g\.ts$/;

export function maplibre(modules) {
  const sources = join(modules, "maplibre-gl/src");
  return {
    name: "maplibre",
    setup(builder) {
      const missing = new Set(LEFT_OUT);
      builder.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: "maplibre", namespace: "given" }));
      builder.onLoad({ filter: /^/, namespace: "given" }, () => ({ contents: GIVEN.join("\n"), resolveDir: sources }));
      builder.onLoad({ filter: SHADERS }, () => ({ contents: 'export default "";' }));
      builder.onLoad({ filter: /maplibre-gl\/src\/.*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        const name = path.slice(sources.length + 1);
        if (!LEFT_OUT.includes(name)) return { contents: singly(text), loader: "ts" };
        missing.delete(name);
        return { contents: without(text, name) };
      });
      builder.onEnd(() => {
        if (missing.size > 0) throw new Error(`maplibre.mjs leaves out what MapLibre does not have: ${[...missing].join(", ")}`);
      });
    },
  };
}

/**
 * The names that a file exports, with nothing behind them. What is asked in every frame answers: a layer is not of this kind (`is…`),
 * there is nothing to draw (`draw…`; the sky, which nobody sees who looks straight down, would be drawn all over the picture).
 */
function without(text, file) {
  const said = `throw new Error("${file} is left out of this map: see web/maplibre.mjs");`;
  const names = [...text.matchAll(/^export (?:abstract )?(class|function|const) (\w+)/gm)];
  const stand = ([, kind, name]) => {
    if (kind === "class") return `export class ${name} { constructor() { ${said} } }`;
    return `export function ${name}() { ${/^(is|draw)[A-Z]/.test(name) ? "return false;" : said} }`;
  };
  return names.map(stand).join("\n");
}

/** Imports each kind of matrix and vector by itself, so that the functions which nobody calls fall away. */
function singly(text) {
  return text.replace(/^import \{([^}]+)\} from 'gl-matrix';/gm, (_, names) => {
    const values = names.split(",").map((name) => name.trim()).filter((name) => !name.startsWith("type "));
    return values.map((name) => `import * as ${name} from "gl-matrix/esm/${name}.js";`).join(" ");
  });
}
