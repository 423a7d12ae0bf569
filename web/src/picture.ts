// The map as a picture: for the printer, and as a file with its legend, its sources and the day below it.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Config } from "./config.ts";
import type { Words } from "./words.ts";

const FONT = "'Titillium Web', sans-serif";
/** Lines and margins of the file, in CSS pixels. */
const LINE = 22;
const MARGIN = 16;

/** What the canvas shows at this moment, with the scale that stands over it. */
export function snapshot(map: MapLibreMap): HTMLCanvasElement {
  // What WebGL has drawn can be read in the same turn only.
  map.redraw();
  const drawn = map.getCanvas();
  const { canvas, context } = paper(drawn.width, drawn.height, 1);
  context.drawImage(drawn, 0, 0);
  const ratio = drawn.width / drawn.clientWidth;
  context.scale(ratio, ratio);
  drawScale(context, drawn.clientHeight);
  return canvas;
}

/** The picture as a file: below the map its legend, what it is narrowed to, sources and address. */
export async function download(map: MapLibreMap, config: Config, words: Words): Promise<void> {
  const shot = snapshot(map);
  const ratio = shot.width / map.getCanvas().clientWidth;
  const width = shot.width / ratio;
  const pen = paper(width, 1, ratio).context;
  pen.font = `15px ${FONT}`;
  const lines = about(config, words).flatMap((text) => wrapped(pen, text, width - 2 * MARGIN));
  const entries = legend();
  const height = shot.height / ratio + MARGIN * 2 + LINE * (lines.length + entries.length);
  const { canvas, context } = paper(width, height, ratio);
  context.drawImage(shot, 0, 0, width, shot.height / ratio);
  context.font = `15px ${FONT}`;
  let y = shot.height / ratio + MARGIN + LINE / 2;
  for (const { sign, label } of entries) {
    drawEntry(context, sign, label, y);
    y += LINE;
  }
  context.fillStyle = "#1a1a1a";
  for (const line of lines) {
    context.fillText(line, MARGIN, y + 5);
    y += LINE;
  }
  const file = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (file) save(file, `${words.say("picture_name")}.png`);
}

/** Whose data it is, of when, and where to find the same view. */
export function about(config: Config, words: Words): string[] {
  const today = words.day(new Date().toISOString().slice(0, 10));
  const shown = [...document.querySelectorAll("#theme-box:not([hidden]) h2, #shown, #past-note:not([hidden]) span")].map(({ textContent }) => textContent?.trim()).filter(Boolean);
  return [shown.join(". "), words.say("credit", { sources: config.credit }), words.say("made", { day: today, address: window.location.href })];
}

/** What the legend beside the map says: classes if municipalities are coloured, missions if not, and the layers switched on. */
function legend(): { sign: HTMLElement; label: string }[] {
  const classes = [...document.querySelectorAll<HTMLElement>("#theme-box:not([hidden]) li")];
  const boxes = [...document.querySelectorAll<HTMLElement>("#filters label:has(input:checked)")];
  return [...classes, ...boxes].flatMap((row) => {
    const sign = row.querySelector<HTMLElement>(".class-sign, .mission-sign, .map-sign");
    const label = [row.querySelector(".mission-label"), row.querySelector(".mission-count")].map((part) => part?.textContent?.trim()).join(": ");
    return sign ? [{ sign, label }] : [];
  });
}

function drawEntry(context: CanvasRenderingContext2D, sign: HTMLElement, label: string, y: number): void {
  const { backgroundColor, color } = getComputedStyle(sign);
  const isDrawn = sign instanceof SVGElement;
  context.fillStyle = isDrawn ? (sign.getAttribute("stroke") ?? "gray") : backgroundColor;
  context.fillRect(MARGIN, y - 8, 28, 16);
  context.fillStyle = color;
  if (!isDrawn) context.fillText(sign.textContent ?? "", MARGIN + 4, y + 5);
  context.fillStyle = "#1a1a1a";
  context.fillText(label, MARGIN + 38, y + 5);
}

function drawScale(context: CanvasRenderingContext2D, height: number): void {
  const scale = document.querySelector<HTMLElement>(".maplibregl-ctrl-scale");
  if (!scale) return;
  const [x, y, width] = [10, height - 12, scale.offsetWidth];
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(x - 4, y - 22, width + 8, 28);
  context.fillStyle = context.strokeStyle = "#1a1a1a";
  context.lineWidth = 2;
  context.strokeRect(x, y - 4, width, 4);
  context.font = `12px ${FONT}`;
  context.fillText(scale.textContent ?? "", x, y - 9);
}

function paper(width: number, height: number, ratio: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("there is no canvas to draw on");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(ratio, ratio);
  return { canvas, context };
}

/** A text in lines no wider than this. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function save(file: Blob, name: string): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(file);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
