// What is published while the page is open: the map asks again for the tiles that changed, and for no others.
import type { Map as MapLibreMap, VectorTileSource } from "maplibre-gl";

/** What an event says of the collections that it concerns; those without places have no tiles. */
interface Change {
  collections: { id: string; tiles?: string }[];
}

export class Live {
  /** The addresses of tiles, as the server said last. */
  private readonly latest = new Map<string, string>();
  private events: EventSource | undefined;

  constructor(
    private readonly map: MapLibreMap,
    private readonly changed: () => void,
  ) {
    // A source that was still being described when the event came is looked at when it is.
    map.on("sourcedata", (event) => {
      if (event.sourceDataType === "metadata") this.refresh(event.sourceId);
    });
    // A page that nobody sees gives its connection up: browsers have few of them for one server.
    document.addEventListener("visibilitychange", () => this.follow());
    this.follow();
  }

  private follow(): void {
    if (document.hidden) {
      this.events?.close();
      this.events = undefined;
    } else if (!this.events) {
      this.events = new EventSource("/events");
      // First comes how things stand, then what changes.
      for (const name of ["edition", "release"]) this.events.addEventListener(name, (event) => this.hear(event));
    }
  }

  private hear(event: MessageEvent<string>): void {
    for (const { id, tiles } of (JSON.parse(event.data) as Change).collections) {
      if (!tiles) continue;
      this.latest.set(id, tiles);
      this.refresh(id);
    }
  }

  private refresh(id: string): void {
    const source = this.map.getSource<VectorTileSource>(id);
    const latest = this.latest.get(id);
    if (!latest || source?.type !== "vector" || !source.tiles || source.tiles[0] === latest) return;
    source.setTiles([latest]);
    this.changed();
  }
}
