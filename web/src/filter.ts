// What the proposals are narrowed to, beside their missions: kept in the address, said to the server in CQL2.
import { keepList, kept } from "./address.ts";
import type { Config } from "./config.ts";
import type { Conditions } from "./figures.ts";
import type { Choice } from "./missions.ts";

type Control = HTMLSelectElement | HTMLInputElement;

const AMOUNT = "funding_pnrr_cents";

export class Filter {
  private readonly controls = [...document.querySelectorAll<Control>("#filters [data-choice]")];

  constructor(
    private readonly config: Config,
    private readonly changed: () => void,
  ) {
    for (const control of this.controls) {
      control.disabled = false;
      control.addEventListener("change", () => this.choose());
    }
    document.getElementById("narrow-none")?.addEventListener("click", () => {
      for (const control of this.controls) control.value = "";
      this.choose();
    });
    window.addEventListener("hashchange", () => this.follow());
    this.read();
    const panel = document.getElementById("narrow");
    if (panel instanceof HTMLDetailsElement && this.cql(null) !== "") panel.open = true;
  }

  /** The conditions in CQL2, joined; empty: all proposals. */
  cql(missions: Choice): string {
    return Object.values(this.conditions(missions)).join(" AND ");
  }

  /** The condition of each choice; those of the least and the greatest amount are one. */
  conditions(missions: Choice): Conditions {
    // No mission is chosen: nothing has an empty one.
    const chosen: Conditions = missions === null ? {} : { mission: isOneOf("mission", missions.length > 0 ? missions : [""]) };
    for (const { name, value } of this.controls.filter(({ value }) => value !== "")) {
      const choice = name === "min" || name === "max" ? "amount" : name;
      const condition = this.condition(name, value);
      chosen[choice] = chosen[choice] ? `${chosen[choice]} AND ${condition}` : condition;
    }
    return chosen;
  }

  private condition(name: string, value: string): string {
    switch (name) {
      case "min":
        return `${AMOUNT} >= ${cents(value)}`;
      case "max":
        return `${AMOUNT} <= ${cents(value)}`;
      case "municipality":
        return liesIn([value]);
      case "zone":
        return liesIn(this.config.municipalities.filter(({ zone }) => zone === value).map(({ code }) => code));
      default:
        return isOneOf(name, [value]);
    }
  }

  private choose(): void {
    for (const { name, value } of this.controls) keepList(name, value === "" ? null : [value]);
    this.changed();
  }

  private follow(): void {
    const before = this.cql(null);
    this.read();
    if (this.cql(null) !== before) this.changed();
  }

  private read(): void {
    for (const control of this.controls) control.value = kept(control.name)?.[0] ?? "";
  }
}

function isOneOf(property: string, values: string[]): string {
  return `${property} IN (${values.map(quoted).join(",")})`;
}

function liesIn(codes: string[]): string {
  return `A_OVERLAPS(municipalities, (${codes.map(quoted).join(",")}))`;
}

/** A text as CQL2 writes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function cents(euros: string): number {
  return Math.round(Number(euros) * 100);
}
