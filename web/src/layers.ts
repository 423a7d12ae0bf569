// What the map shows of its style: the chosen missions, the layers switched on, the places highlighted.
import type { FilterSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { type Choice, PROPOSALS, dependsOnCount, filterFor, showsProposals, withCount } from "./missions.ts";

/** The style's layers that show only the municipalities they are told. */
const SELECTED = ["municipalities-selected", "municipalities-selected-outline"];

/** Of each collection, fields with the values one of which a record has to have. */
export type Shown = Record<string, Record<string, string[]>>;

export class Layers {
  private readonly style: StyleSpecification;
  /** Why the clusters are hidden. */
  private readonly hiding = new Set<string>();

  constructor(private readonly map: MapLibreMap) {
    this.style = structuredClone(map.getStyle());
  }

  /** Shows only the proposals of these missions, and counts only them in the clusters. */
  choose(choice: Choice): void {
    for (const layer of this.style.layers.filter(showsProposals)) {
      if (isMark(layer.id)) continue;
      const own = "filter" in layer ? (layer.filter as FilterSpecification) : undefined;
      this.map.setFilter(layer.id, filterFor(own, choice) ?? null);
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        if (dependsOnCount(value)) this.map.setPaintProperty(layer.id, name as never, withCount(value, choice) as never);
      }
      for (const [name, value] of Object.entries(layer.layout ?? {})) {
        if (dependsOnCount(value)) this.map.setLayoutProperty(layer.id, name as never, withCount(value, choice) as never);
      }
    }
  }

  /** Shows, of the collections that are not proposals, what a strategy is about; an empty choice: all. */
  narrow(shown: Shown): void {
    for (const layer of this.style.layers) {
      const collection = "source-layer" in layer ? layer.source : undefined;
      if (!collection || collection === PROPOSALS || collection === "municipalities" || isMark(layer.id)) continue;
      const chosen = Object.entries(shown[collection] ?? {}).map(([field, values]) => ["in", ["get", field], ["literal", values]]);
      const own = "filter" in layer && layer.filter ? [layer.filter] : [];
      const parts = [...own, ...chosen] as FilterSpecification[];
      this.map.setFilter(layer.id, parts.length > 0 ? (["all", ...parts] as FilterSpecification) : null);
    }
  }

  /** Shows or hides every layer drawn from this collection, its names too. */
  show(collection: string, visible: boolean): void {
    for (const layer of this.style.layers) {
      const drawn = "source-layer" in layer ? layer["source-layer"] : undefined;
      if (drawn === collection || drawn === `${collection}-labels`) {
        this.map.setLayoutProperty(layer.id, "visibility", visible ? "visible" : "none");
      }
    }
  }

  /** Hides the symbols that stand for the proposals of a municipality, or shows them again if nothing else hides them. */
  hideClusters(reason: string, hidden: boolean): void {
    if (hidden) this.hiding.add(reason);
    else this.hiding.delete(reason);
    const visibility = this.hiding.size > 0 ? "none" : "visible";
    for (const { id } of this.style.layers.filter(({ id }) => id.startsWith("clusters"))) {
      this.map.setLayoutProperty(id, "visibility", visibility);
    }
  }

  /** Highlights these municipalities, and no others. */
  select(codes: string[]): void {
    for (const layer of SELECTED) this.map.setFilter(layer, ["in", ["get", "istat_code"], ["literal", codes]]);
  }

  /** Marks the records with these numbers, and no others. */
  mark(ids: number[]): void {
    for (const { id } of this.style.layers.filter((layer) => isMark(layer.id))) {
      // Clusters have no number.
      this.map.setFilter(id, ["case", ["==", ["get", "cluster"], true], false, ["in", ["id"], ["literal", ids]]]);
    }
  }
}

/** The style's layers that draw a ring or a line round what is selected. */
function isMark(id: string): boolean {
  return id.endsWith("-marked");
}
