// Numbers in a few classes of about as many each, whose bounds are round.

/** The lowest value of every class but the first, ascending. Equal values are never parted, so there may be fewer classes. */
export function bounds(values: number[], classes: number): number[] {
  const sorted = [...values].sort((one, other) => one - other);
  const wanted = Array.from({ length: classes - 1 }, (_, place) => sorted[Math.floor(((place + 1) * sorted.length) / classes)] ?? 0);
  const least = sorted[0] ?? 0;
  const rounded = wanted.map(round).filter((bound) => bound > least);
  return [...new Set(rounded)];
}

/** The class of a value, from 0. */
export function classOf(value: number, bounds: number[]): number {
  return bounds.filter((bound) => value >= bound).length;
}

/** To two digits, which people can read and remember. */
function round(value: number): number {
  return Number(value.toPrecision(2));
}
