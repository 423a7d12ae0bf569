// The images that the style asks for by name, drawn when it first does so. `missions:12:0:1:…` is a disc of shares, from M1
// to M7: what shows of it is the ring round a cluster. `place:M5` is the sign of a proposal at its true place. Their colours
// are those that the style gives the missions.
import type { Map as MapLibreMap } from "maplibre-gl";

/** An image's width on the canvas; on the map it is half of that at size 1. */
const WIDTH = 64;
const CENTRE = WIDTH / 2;
const FULL = 2 * Math.PI;

export function drawImages(map: MapLibreMap): void {
  map.setMissingStyleImageResolver((id) => {
    const [kind, ...rest] = id.split(":");
    const colours = missionColours(map);
    const image =
      kind === "missions"
        ? draw((context) => shares(context, rest.map(Number), [...colours.values()]))
        : kind === "place"
          ? draw((context) => place(context, colours.get(rest[0] ?? "")))
          : kind === "hatch"
            ? draw(hatch)
            : undefined;
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
  });
}

function draw(pen: (context: CanvasRenderingContext2D) => void): ImageData | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = WIDTH;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  pen(context);
  return context.getImageData(0, 0, WIDTH, WIDTH);
}

function shares(context: CanvasRenderingContext2D, counts: number[], colours: string[]): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let angle = -FULL / 4;
  counts.forEach((count, index) => {
    if (count === 0) return;
    const end = angle + (FULL * count) / total;
    context.beginPath();
    context.moveTo(CENTRE, CENTRE);
    context.arc(CENTRE, CENTRE, CENTRE - 1, angle, end);
    context.closePath();
    context.fillStyle = colours[index] ?? "gray";
    context.fill();
    angle = end;
  });
}

function place(context: CanvasRenderingContext2D, colour: string | undefined): void {
  context.beginPath();
  context.arc(CENTRE, CENTRE, CENTRE - 5, 0, FULL);
  context.fillStyle = colour ?? "gray";
  context.fill();
  context.lineWidth = 6;
  context.strokeStyle = "white";
  context.stroke();
}

/** Slanted lines: what is not known. */
function hatch(context: CanvasRenderingContext2D): void {
  context.strokeStyle = "gray";
  context.lineWidth = 3;
  context.beginPath();
  for (let at = -WIDTH; at < WIDTH; at += 16) {
    context.moveTo(at, WIDTH);
    context.lineTo(at + WIDTH, 0);
  }
  context.stroke();
}

/** The colour of each mission, as the style has it: ["match", ["get", "mission"], "M1", colour, …, colour of any other]. */
function missionColours(map: MapLibreMap): Map<string, string> {
  const match: unknown = map.getPaintProperty("proposals-placed", "circle-color");
  const colours = new Map<string, string>();
  if (!Array.isArray(match)) return colours;
  for (let at = 2; at + 1 < match.length; at += 2) colours.set(String(match[at]), String(match[at + 1]));
  return colours;
}
