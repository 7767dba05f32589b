interface Place {
  readonly code: string
  readonly kind: string
  readonly within: string | null
}
/** Smaller than what is planned for: a town belongs to the area around it. */
const small: ReadonlySet<string> = new Set(['town', 'village'])

/** The areas that a country plans by: its smallest places above towns, such as nine parishes or two islands. */
export function areasOf<P extends Place>(places: readonly P[]): readonly P[] {
  const large = places.filter(one => !small.has(one.kind))
  return large.filter(one => !large.some(other => other.within === one.code))
}

/** The area that a place lies in, or is; undefined for what is larger than an area. */
export function areaOf(places: readonly Place[], code: string): string | undefined {
  const areas = new Set(areasOf(places).map(one => one.code))
  const seen = new Set<string>()
  for (let at: string | null = code; at !== null && !seen.has(at); ) {
    if (areas.has(at)) return at
    seen.add(at)
    at = places.find(one => one.code === at)?.within ?? null
  }
  return undefined
}
