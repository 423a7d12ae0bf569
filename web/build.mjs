// Builds web/dist, which the server carries: scripts, styles, fonts, and a manifest with the version of it all.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { maplibre } from "./maplibre.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const modules = join(here, "node_modules");
const fonts = ["latin", "latin-ext"].flatMap((subset) =>
  [400, 600, 700].map((weight) => `titillium-web-${subset}-${weight}-normal.woff2`),
);

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, "fonts"), { recursive: true });
await scripts();
await styles();
await copyFile(join(here, "styles/icon.svg"), join(dist, "icon.svg"));
for (const font of fonts) {
  await copyFile(join(modules, "@fontsource/titillium-web/files", font), join(dist, "fonts", font));
}
await licences();
await manifest();

/**
 * The pages' scripts; what several of them share is a chunk of its own, named by its hash. MapLibre is built from its sources:
 * its worker shares most of what the map has, which comes once so, and not twice as in the builds that it is published with.
 */
async function scripts() {
  const pages = ["map", "item", "copy", "search"].map((name) => [name, join(here, `src/${name}.ts`)]);
  await build({
    entryPoints: { ...Object.fromEntries(pages), worker: join(modules, "maplibre-gl/src/source/worker.ts") },
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    chunkNames: "chunks/[name]-[hash]",
    plugins: [maplibre(modules)],
    // MapLibre declares again in a class what the class above it has set: that must not be set anew.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    logLevel: "warning",
  });
}

/** The style sheets. `@import "palette"` and `@import "bootstrap"` are made here. */
async function styles() {
  const made = { palette: await palette(), bootstrap: await bootstrap() };
  const sheets = {
    name: "made sheets",
    setup(builder) {
      builder.onResolve({ filter: /^(palette|bootstrap)$/ }, ({ path }) => ({ path, namespace: "made" }));
      builder.onLoad({ filter: /^/, namespace: "made" }, ({ path }) => ({ contents: made[path], loader: "css" }));
    },
  };
  await build({
    entryPoints: ["remix", "map"].map((name) => join(here, `styles/${name}.css`)),
    outdir: dist,
    bundle: true,
    minify: true,
    legalComments: "none",
    external: ["./fonts/*"],
    plugins: [sheets],
    logLevel: "warning",
  });
}

/** Bootstrap Italia without the rules that no template and no script of ours can match: a twentieth of it. */
async function bootstrap() {
  const [purged] = await new PurgeCSS().purge({
    css: [join(modules, "bootstrap-italia/dist/css/bootstrap-italia.min.css")],
    content: [join(here, "templates/**/*.html"), join(here, "src/**/*.ts")],
    safelist: { standard: ["html", "body"] },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  return purged.css;
}

/** The colours of the map, as custom properties for the legend: tiles/styles/palette.json is their one place. */
async function palette() {
  const groups = JSON.parse(await readFile(join(here, "../tiles/styles/palette.json"), "utf8"));
  const lines = Object.entries(groups).flatMap(([group, colours]) =>
    Object.entries(colours).map(([name, colour]) => `  --${group}-${name.replaceAll("_", "-")}: ${colour};`),
  );
  return `:root {\n${lines.join("\n")}\n}\n`;
}

/** The licences of what is bundled, to be served beside it. */
async function licences() {
  const parts = [];
  for (const [name, file] of [
    ["maplibre-gl", "LICENSE.txt"],
    ["bootstrap-italia", "LICENSE"],
    ["@fontsource/titillium-web", "LICENSE"],
  ]) {
    const text = await readFile(join(modules, name, file), "utf8");
    parts.push(`${name}\n${"=".repeat(name.length)}\n\n${text.trim()}\n`);
  }
  await writeFile(join(dist, "licences.txt"), parts.join("\n\n"));
}

/** The version is a hash of every file's name and bytes: the server puts it into the files' addresses. */
async function manifest() {
  const files = (await list(dist)).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file}\0`).update(await readFile(join(dist, file)));
  const version = hash.digest("hex").slice(0, 12);
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify({ version, files }, null, 2)}\n`);
}

async function list(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? list(path) : [relative(dist, path).split("\\").join("/")];
    }),
  );
  return nested.flat();
}
