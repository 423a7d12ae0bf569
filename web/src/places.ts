// Places as coordinates say them.
import type { Geometry, Position } from "geojson";

/** The middle of the corners of a geometry; `null` of one without any. */
export function middle(geometry: Geometry): [number, number] | null {
  if (geometry.type === "GeometryCollection") return geometry.geometries[0] ? middle(geometry.geometries[0]) : null;
  const corners = (geometry.coordinates as unknown[]).flat(3) as Position[number][];
  if (corners.length < 2) return null;
  const extent = (axis: number) => {
    const values = corners.filter((_, place) => place % 2 === axis);
    return (values.reduce((one, other) => Math.min(one, other)) + values.reduce((one, other) => Math.max(one, other))) / 2;
  };
  return [extent(0), extent(1)];
}
