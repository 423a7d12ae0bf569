// A shape of a few points that somebody draws: its corners, its geometry, its few letters in an address.
import type { Geometry } from "geojson";
import type { Point } from "./sphere.ts";

export type Kind = "polygon" | "line" | "point";

export interface Sketch {
  kind: Kind;
  points: Point[];
}

/** What has more corners than this stays out of the address. */
const LONGEST = 60;
/** About a decimetre. */
const DIGITS = 6;
/** The fewest points that make a shape. */
const LEAST: Record<Kind, number> = { polygon: 3, line: 2, point: 1 };

export function isWhole({ kind, points }: Sketch): boolean {
  return points.length >= LEAST[kind];
}

/** What is drawn so far: a polygon of two points is a line still. */
export function geometryOf({ kind, points }: Sketch): Geometry {
  if (kind === "point" || points.length === 1) return { type: "MultiPoint", coordinates: points };
  if (kind === "polygon" && points.length > 2) return { type: "Polygon", coordinates: [[...points, points[0] as Point]] };
  return { type: "LineString", coordinates: points };
}

/** The shape as the address keeps it; `null` if it is too long for that. */
export function write({ kind, points }: Sketch): string[] | null {
  return points.length > LONGEST ? null : [kind, ...points.map(rounded).flat().map(String)];
}

/** A point as the address keeps it: what is drawn is what is shared. */
export function rounded([east, north]: Point): Point {
  return [Number(east.toFixed(DIGITS)), Number(north.toFixed(DIGITS))];
}

/** The shape that an address says; `null` for what is no whole shape. */
export function read(values: string[] | null): Sketch | null {
  const [kind, ...rest] = values ?? [];
  const numbers = rest.map(Number);
  if ((kind !== "polygon" && kind !== "line" && kind !== "point") || numbers.length % 2 === 1 || !numbers.every(Number.isFinite)) return null;
  const points = numbers.flatMap((east, place): Point[] => (place % 2 === 0 ? [[east, numbers[place + 1] as number]] : []));
  const isOnEarth = points.every(([east, north]) => Math.abs(east) <= 180 && Math.abs(north) <= 90);
  const sketch = { kind, points } as Sketch;
  return isOnEarth && points.length <= LONGEST && isWhole(sketch) ? sketch : null;
}
