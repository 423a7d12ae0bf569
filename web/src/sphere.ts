// Lengths and areas on a sphere of the earth's mean radius: within half a per cent of what a survey would say, and said so.
export type Point = [number, number];

const RADIUS_M = 6_371_008.8;

/** The length of a line along great circles, in metres. */
export function length(line: Point[]): number {
  return line.slice(1).reduce((sum, to, place) => sum + distance(line[place] as Point, to), 0);
}

/** The area within a ring, closed or not, in square metres. */
export function area(ring: Point[]): number {
  const sum = ring.reduce((sum, [east, north], place) => {
    const [nextEast, nextNorth] = ring[(place + 1) % ring.length] as Point;
    return sum + radians(nextEast - east) * (2 + Math.sin(radians(north)) + Math.sin(radians(nextNorth)));
  }, 0);
  return Math.abs((sum * RADIUS_M * RADIUS_M) / 2);
}

function distance([fromEast, fromNorth]: Point, [toEast, toNorth]: Point): number {
  const [from, to] = [radians(fromNorth), radians(toNorth)];
  const half = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(radians(toEast - fromEast) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.sqrt(half));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
