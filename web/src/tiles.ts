// Where the map's tiles come from: the addresses as the server said last, each with what its collection is narrowed to, and with
// the day of which they are.
import type { Map as MapLibreMap, VectorTileSource } from "maplibre-gl";

/** The collection on which all others lie. */
const GROUND = "municipalities";

/** The parameter that names another time than now. */
export type Moment = { datetime?: string; release?: string };

export class Tiles {
  /** The addresses without a filter, by collection. */
  private readonly latest = new Map<string, string>();
  private readonly filters = new Map<string, string>();
  private moment: Moment = {};
  /** The sources whose address has changed, and whose tiles the map has still to ask for: it does so in its next frame. */
  private readonly renewed = new Set<string>();
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly map: MapLibreMap) {
    map.on("sourcedata", ({ sourceDataType, sourceId }) => {
      // A source that was still being described is looked at when it is.
      if (sourceDataType === "metadata") this.refresh(sourceId);
      if (sourceDataType !== "content") return;
      this.renewed.delete(sourceId);
      if (this.renewed.size === 0) for (const act of this.waiting.splice(0)) act();
    });
  }

  /** Changes the layout of what is drawn: at once, or when the map has asked for all tiles whose address has changed. It forgets to ask if a layout changes first. */
  afterwards(act: () => void): void {
    if (this.renewed.size === 0) act();
    else this.waiting.push(act);
  }

  /** The server has other tiles of a collection. Whether the map asks for them. */
  renew(id: string, address: string): boolean {
    this.latest.set(id, address);
    return this.refresh(id);
  }

  /** Narrows a collection to what a CQL2 text lets through; empty: all of it. */
  narrow(id: string, filter: string): void {
    this.filters.set(id, filter);
    this.refresh(id);
  }

  /** Shows all collections as they stood at a time; without one, as they are. */
  showTime(moment: Moment): void {
    if (JSON.stringify(moment) === JSON.stringify(this.moment)) return;
    this.moment = moment;
    for (const id of Object.keys(this.map.getStyle().sources)) this.refresh(id);
  }

  private refresh(id: string): boolean {
    const source = this.map.getSource<VectorTileSource>(id);
    if (source?.type !== "vector" || !source.tiles?.[0]) return false;
    const known = this.latest.get(id) ?? source.tiles[0];
    this.latest.set(id, known);
    // The ground stays: a state from before the municipalities were published would have none.
    const own = new URLSearchParams(id === GROUND ? {} : { ...this.moment });
    const filter = this.filters.get(id);
    if (filter) own.set("filter", filter);
    const address = own.size > 0 ? `${known}&${own}` : known;
    if (source.tiles[0] === address) return false;
    this.renewed.add(id);
    source.setTiles([address]);
    return true;
  }
}
