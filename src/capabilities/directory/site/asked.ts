import { Problem } from '#platform/problem/problem.ts'
import { isServiceTaxonomy, serviceKindOf } from '../server/hsds/terms.ts'
import type { Filter, Slice } from '../server/open/store.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])

/** What the query of a list asks, by the names of the specification; others are not looked at. */
export class Asked {
  readonly #query: URLSearchParams
  constructor(url: string) {
    this.#query = new URL(url).searchParams
  }
  #one(name: string): string | undefined {
    const values = this.#query.getAll(name)
    if (values.length > 1) throw wrong(name, 'twice')
    const [value] = values
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (value && /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(value)) throw wrong(name, 'wrong')
    return value === '' ? undefined : value
  }
  #whole(name: string, usual: number, most: number): number {
    const value = this.#one(name) ?? String(usual)
    if (!/^[1-9]\d{0,8}$/.test(value)) throw wrong(name, 'whole')
    return Math.min(Number(value), most)
  }
  #id(name: string): string | undefined {
    const value = this.#one(name)
    if (value !== undefined && !uuid.test(value)) throw wrong(name, 'id')
    return value?.toLowerCase()
  }
  #search(): string | undefined {
    const value = this.#one('search')
    if (value !== undefined && value.length > 80) throw wrong('search', 'too-long')
    return value
  }
  /** A page from 1, of 25 things where it is not said and of 100 at most. */
  page(): { readonly page: number; readonly slice: Slice } {
    const page = this.#whole('page', 1, 1_000_000)
    const limit = this.#whole('per_page', 25, 100)
    return { page, slice: { offset: (page - 1) * limit, limit } }
  }
  /** Whether a thing is shown with all that belongs to it. */
  full(name = 'full'): boolean {
    const value = this.#one(name) ?? 'false'
    if (value !== 'true' && value !== 'false') throw wrong(name, 'wrong')
    return value === 'true'
  }
  organisations(): string | undefined {
    return this.#search()
  }
  services(): Filter {
    const after = this.#one('modified_after')
    const changedAfter = after === undefined ? undefined : new Date(after)
    if (changedAfter && (!/^\d{4}-\d{2}-\d{2}/.test(after!) || Number.isNaN(changedAfter.getTime())))
      throw wrong('modified_after', 'instant')
    return { search: this.#search(), organisation: this.#id('organization_id'), changedAfter, ...this.#termed() }
  }
  /** A term of ours is a kind of service; another came with a service. */
  #termed(): Pick<Filter, 'kind' | 'holding'> {
    const [term, taxonomy] = [this.#id('taxonomy_term_id'), this.#id('taxonomy_id')]
    if (term) {
      const kind = serviceKindOf(term)
      if (kind) return { kind }
      return {
        holding: [{ attributes: [{ taxonomy_term_id: term }] }, { attributes: [{ taxonomy_term: { id: term } }] }],
      }
    }
    if (!taxonomy || isServiceTaxonomy(taxonomy)) return {}
    return {
      holding: [
        { attributes: [{ taxonomy_term: { taxonomy_id: taxonomy } }] },
        { attributes: [{ taxonomy_term: { taxonomy_detail: { id: taxonomy } } }] },
      ],
    }
  }
}
/** @throws Problem not-found for what is no id */
export function idIn(text: string): string {
  if (!uuid.test(text)) throw new Problem('not-found')
  return text.toLowerCase()
}
