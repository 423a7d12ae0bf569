// The page's words, and numbers as its language writes them.
import type { Config } from "./config.ts";

export class Words {
  private readonly texts: Record<string, string>;
  private readonly integers: Intl.NumberFormat;
  private readonly euros: Intl.NumberFormat;

  constructor(config: Pick<Config, "language" | "words">) {
    this.texts = config.words;
    const locale = config.language === "it" ? "it-IT" : "en-GB";
    this.integers = new Intl.NumberFormat(locale, { useGrouping: "always" });
    this.euros = new Intl.NumberFormat(locale, {
      style: "currency",
      currency: "EUR",
      useGrouping: "always",
    });
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

  /** An amount of cents, to the cent; `null` says that the source does not state it. */
  money(cents: number | null): string {
    return cents === null ? this.say("funding_absent") : this.euros.format(cents / 100);
  }
}
