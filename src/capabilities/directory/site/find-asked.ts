import { type ServiceKind, serviceKinds } from '../contract.ts'

/** What somebody looks for. */
export interface Wanted {
  readonly need?: ServiceKind | undefined
  readonly place?: string | undefined
  readonly language?: string | undefined
  readonly open: boolean
  /** From 1. */
  readonly page: number
  /** One service alone, to print it or write it down. */
  readonly one?: string | undefined
}
const code = /^[a-z0-9][a-z0-9.-]{0,63}$/
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads what a form of the page sent. What it cannot mean is not looked at: nobody in need is shown an error for it. */
export function wantedOf(sent: ReadonlyMap<string, string>): Wanted {
  const given = sent.get('do') === 'start' ? new Map(new URLSearchParams(sent.get('v') ?? '')) : sent
  const fits = (name: string, pattern: RegExp): string | undefined => {
    const value = given.get(name)
    return value !== undefined && pattern.test(value) ? value : undefined
  }
  return {
    need: serviceKinds.find(kind => kind === given.get('need')),
    place: fits('place', code),
    language: fits('language', /^[a-z]{2,3}$/),
    open: given.get('open') === 'now',
    page: Number(fits('page', /^[1-9]\d{0,3}$/) ?? 1),
    one: fits('one', uuid),
  }
}
/** The same as pairs, for a form's hidden fields and for another language. */
export function pairsOf(wanted: Wanted, change: Partial<Wanted> = {}): [string, string][] {
  const { need, place, language, open, page, one } = { ...wanted, ...change }
  const all = { need, place, language, open: open ? 'now' : undefined, page: page > 1 ? String(page) : undefined, one }
  return Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined)
}
