// The numbers of what the map is narrowed to, as the server counts them: beside each choice, and of each municipality.

/** The condition that the reader has set by each choice, in CQL2. */
export type Conditions = Record<string, string>;

export interface MunicipalityFigures {
  code: string;
  population: number | null;
  proposals: number;
  located: number;
  funding_cents: number | null;
  per_inhabitant_cents: number | null;
  missions: Record<string, number>;
}

export interface Numbers {
  numberPublished: number;
  numberMatched: number;
  choices: Record<string, Record<string, number>>;
  municipalities: MunicipalityFigures[];
}

export class Figures {
  private readonly listeners: ((numbers: Numbers | null) => void)[] = [];
  private asked: AbortController | undefined;
  private numbers: Numbers | null = null;

  /** Tells of all numbers that come from now on; `null`: they cannot be read. */
  hear(listener: (numbers: Numbers | null) => void): void {
    this.listeners.push(listener);
    if (this.numbers) listener(this.numbers);
  }

  async ask(conditions: Conditions): Promise<void> {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    try {
      const response = await fetch(`/map/figures?${new URLSearchParams({ ...conditions, f: "json" })}`, { signal: asked.signal });
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.numbers = (await response.json()) as Numbers;
    } catch (error) {
      if (asked.signal.aborted) return;
      console.info("the numbers cannot be read", error);
      this.numbers = null;
    }
    for (const listener of this.listeners) listener(this.numbers);
  }

  of(municipality: string): MunicipalityFigures | undefined {
    return this.numbers?.municipalities.find(({ code }) => code === municipality);
  }
}
