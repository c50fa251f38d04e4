import type { MoneyAmount } from '../contract/wire.generated.ts';

/** An amount in cents as the API shows it. */
export function toMoney(amount: number, currency: string): MoneyAmount {
  return { amount, amount_formatted: (amount / 100).toFixed(2), currency, currency_symbol: symbolOf(currency) };
}

/** As {@link toMoney}, null for none. */
export function toMoneyOrNull(amount: number | null, currency: string): MoneyAmount | null {
  return amount === null ? null : toMoney(amount, currency);
}

/** `$` for USD; the code itself for a currency without a sign. */
export function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

/** Whether a text is a currency code (ISO 4217) that this runtime knows. */
export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text) && Intl.supportedValuesOf('currency').includes(text);
}
