// The page's words, and numbers as its language writes them.
import type { Config } from "./config.ts";

/** In cents. */
const MILLION_EUROS = 100_000_000;

export class Words {
  private readonly locale: string;
  private readonly texts: Record<string, string>;
  private readonly integers: Intl.NumberFormat;
  private readonly decimals: Intl.NumberFormat;
  private readonly wholeEuros: Intl.NumberFormat;
  private readonly exactEuros: Intl.NumberFormat;
  private readonly shortEuros: Intl.NumberFormat;

  constructor(config: Pick<Config, "language" | "words">) {
    this.texts = config.words;
    this.locale = config.language === "it" ? "it-IT" : "en-GB";
    this.integers = new Intl.NumberFormat(this.locale, { useGrouping: "always", maximumFractionDigits: 0 });
    this.decimals = new Intl.NumberFormat(this.locale, { useGrouping: "always", maximumSignificantDigits: 3 });
    const euros = { style: "currency", currency: "EUR", useGrouping: "always" } as const;
    this.exactEuros = new Intl.NumberFormat(this.locale, euros);
    this.shortEuros = new Intl.NumberFormat(this.locale, { ...euros, notation: "compact", maximumSignificantDigits: 3 });
    this.wholeEuros = new Intl.NumberFormat(this.locale, { ...euros, maximumFractionDigits: 0 });
  }

  /** The text with this key, its `{placeholders}` filled in. */
  say(key: string, values: Record<string, string> = {}): string {
    let text = this.texts[key] ?? key;
    for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, value);
    return text;
  }

  /** `key_one` or `key_many`, by the count. */
  count(key: string, count: number): string {
    return this.say(`${key}_${count === 1 ? "one" : "many"}`, { count: this.integer(count) });
  }

  integer(value: number): string {
    return this.integers.format(value);
  }

  /** A day, from its ISO form. */
  day(iso: string): string {
    return new Date(`${iso}T12:00:00Z`).toLocaleDateString(this.locale, { day: "numeric", month: "long", year: "numeric" });
  }

  /** A number with a few digits behind the comma. */
  decimal(value: number): string {
    return this.decimals.format(value);
  }

  /** An amount of cents, to the euro. */
  euros(cents: number): string {
    return this.wholeEuros.format(cents / 100);
  }

  /** An amount of cents as a map has room for: millions with three digits, less than a million to the euro. */
  inShort(cents: number): string {
    return cents < MILLION_EUROS ? this.euros(cents) : this.shortEuros.format(cents / 100);
  }

  /** An amount of cents, to the cent; `null` says that the source does not state it. */
  money(cents: number | null): string {
    return cents === null ? this.say("funding_absent") : this.exactEuros.format(cents / 100);
  }
}
