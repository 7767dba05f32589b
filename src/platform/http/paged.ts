/** How many rows to ask for: one more than a page holds says whether there is another. */
export const pagedBy = (query: { after?: string | undefined; limit?: string | undefined }) => {
  const limit = Number(query.limit ?? 50)
  return { limit, paged: { after: query.after, limit: limit + 1 } }
}
/** A page of rows that were asked for one more than it holds. */
export function pageOf<Row extends { readonly id: string }>(rows: readonly Row[], limit: number) {
  const items = rows.slice(0, limit)
  return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
}
