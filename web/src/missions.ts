// The filter by mission: which features a choice leaves, and how clusters are counted under it.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";

export const PROPOSALS = "pnrr-projects";

/** How the style asks for a cluster's count, and for its count in one mission. */
const COUNT = /^\["get","count(?:_(\w+))?"\]$/;
const COUNTS = /\["get","count(?:_\w+)?"\]/;

/** The missions chosen; `null` is all of them. */
export type Choice = string[] | null;

/** How many proposals of the chosen missions a cluster has. Missions that it lacks are absent from the tile, not 0. */
export function countExpression(choice: Choice): ExpressionSpecification {
  if (choice === null) return ["get", "count"];
  return ["+", 0, ...choice.map((code): ExpressionSpecification => ["coalesce", ["get", `count_${code}`], 0])];
}

/** The same number, of a cluster's properties. */
export function countIn(properties: Record<string, unknown>, choice: Choice): number {
  if (choice === null) return Number(properties["count"] ?? 0);
  return choice.reduce((sum, code) => sum + Number(properties[`count_${code}`] ?? 0), 0);
}

/** The layer's own filter, and the choice on top of it. */
export function filterFor(own: FilterSpecification | undefined, choice: Choice): FilterSpecification | undefined {
  if (choice === null) return own;
  const cluster = ["==", ["get", "cluster"], true];
  const chosen = ["in", ["get", "mission"], ["literal", choice]];
  const filter = ["case", cluster, [">", countExpression(choice), 0], chosen];
  return (own ? ["all", own, filter] : filter) as FilterSpecification;
}

/** A paint or layout value in which the count is that of the choice. The style stays the one place for how things look. */
export function withCount(value: unknown, choice: Choice): unknown {
  if (!Array.isArray(value)) return value;
  const asked = COUNT.exec(JSON.stringify(value));
  if (!asked) return value.map((part) => withCount(part, choice));
  const mission = asked[1];
  if (mission === undefined) return countExpression(choice);
  return choice === null || choice.includes(mission) ? value : 0;
}

/** Whether a value depends on the count. */
export function dependsOnCount(value: unknown): boolean {
  return value !== undefined && COUNTS.test(JSON.stringify(value));
}

/** Whether a layer shows proposals. */
export function showsProposals(layer: LayerSpecification): boolean {
  return "source-layer" in layer && layer["source-layer"] === PROPOSALS;
}
