// Where the map's tiles come from: the addresses as the server said last, each with what its collection is narrowed to.
import type { Map as MapLibreMap, VectorTileSource } from "maplibre-gl";

export class Tiles {
  /** The addresses without a filter, by collection. */
  private readonly latest = new Map<string, string>();
  private readonly filters = new Map<string, string>();

  constructor(private readonly map: MapLibreMap) {
    // A source that was still being described is looked at when it is.
    map.on("sourcedata", (event) => {
      if (event.sourceDataType === "metadata") this.refresh(event.sourceId);
    });
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

  private refresh(id: string): boolean {
    const source = this.map.getSource<VectorTileSource>(id);
    if (source?.type !== "vector" || !source.tiles?.[0]) return false;
    const known = this.latest.get(id) ?? source.tiles[0];
    this.latest.set(id, known);
    const filter = this.filters.get(id);
    const address = filter ? `${known}&filter=${encodeURIComponent(filter)}` : known;
    if (source.tiles[0] === address) return false;
    source.setTiles([address]);
    return true;
  }
}
