// Numbers in a few classes of about as many each, whose bounds are round.

/** The lowest value of every class but the first, ascending. Equal values are never parted, so there may be fewer classes. */
export function bounds(values: number[], classes: number): number[] {
  const sorted = [...values].sort((one, other) => one - other);
  const least = sorted[0] ?? 0;
  const above = sorted.filter((value) => value > least);
  // Where more than a class has the least value, mostly zero, the others are parted among the classes above it.
  const isCrowded = above.length * classes < sorted.length * (classes - 1);
  const parted = isCrowded ? above : sorted;
  const parts = isCrowded ? classes - 1 : classes;
  const first = isCrowded ? above.slice(0, 1) : [];
  const others = Array.from({ length: parts - 1 }, (_, place) => parted[Math.floor(((place + 1) * parted.length) / parts)] ?? least);
  const rounded = [...first, ...others.map(round)].filter((bound) => bound > least);
  return [...new Set(rounded)].sort((one, other) => one - other);
}

/** The class of a value, from 0. */
export function classOf(value: number, bounds: number[]): number {
  return bounds.filter((bound) => value >= bound).length;
}

/** To two digits, which people can read and remember. */
function round(value: number): number {
  return Number(value.toPrecision(2));
}
