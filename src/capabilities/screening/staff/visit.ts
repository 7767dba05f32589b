// The card of signs that somebody works with is asked once a visit. It stays in memory and goes with the page.

let kept: { readonly account: string; readonly card: string } | undefined

export const cardOfVisit = (account: string): string | undefined => (kept?.account === account ? kept.card : undefined)
export function rememberCard(account: string, card: string): void {
  kept = { account, card }
}
