// What the proposals of a municipality are funded with, in short, under the name of its symbol: where there is room, as the legend
// says. The numbers are those of the cards and sheets, under all filters; tiles know the amounts of all missions together only.
import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";
import type { Figures, Numbers } from "./figures.ts";
import type { Tiles } from "./tiles.ts";
import type { Words } from "./words.ts";

const NAMES = "clusters-names";
/** From here on all symbols have room for an amount. */
const ROOMY_ZOOM = 10;
/** Farther off, those of so many proposals. */
const LARGE = 100;

export class Amounts {
  private readonly names: ExpressionSpecification;

  constructor(
    map: MapLibreMap,
    private readonly words: Words,
    figures: Figures,
    tiles: Tiles,
  ) {
    this.names = map.getLayoutProperty(NAMES, "text-field") as ExpressionSpecification;
    figures.hear((numbers) => tiles.afterwards(() => map.setLayoutProperty(NAMES, "text-field", this.labelled(numbers))));
  }

  /** The names, with the amounts that are known under them. */
  private labelled(numbers: Numbers | null): ExpressionSpecification {
    const known = numbers?.municipalities.filter(({ funding_cents: cents }) => cents !== null) ?? [];
    if (known.length === 0) return this.names;
    const amounts = known.flatMap(({ code, funding_cents: cents }) => [code, `\n${this.words.inShort(cents ?? 0)}`]);
    const amount = ["match", ["get", "municipality"], ...amounts, ""] as unknown as ExpressionSpecification;
    const small = { "font-scale": 0.9, "text-font": ["literal", ["Titillium Web"]] } as const;
    const whole: ExpressionSpecification = ["format", this.names, {}, amount, small as never];
    return ["step", ["zoom"], ["case", [">=", ["get", "count"], LARGE], whole, this.names], ROOMY_ZOOM, whole] as unknown as ExpressionSpecification;
  }
}
