/** Languages that authors write out by name, in English or in the language itself; any BCP 47 tag is taken as it is. */
const known =
  'aa ab af ak am ar as ay az be bg bm bn bo br bs ca cs cy da de dv dz ee el en eo es et eu fa ff fi fil fj fo fr fy ga gd gl gn gu ha haw he hi hmn hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lg ln lo lt lv mg mi mk ml mn mr ms mt my nd ne nl no nr ny om or pa pl ps pt qu rm rn ro ru rw sd si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz ve vi wo xh yi yo zh zu'

let byName: ReadonlyMap<string, string> | undefined

function names(): ReadonlyMap<string, string> {
  if (byName) return byName
  const found = new Map<string, string>()
  const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  for (const code of known.split(' ')) {
    const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code)
    for (const name of [own, english.of(code)]) if (name) found.set(name.toLowerCase(), code)
  }
  byName = found
  return found
}

export interface LanguageFound {
  readonly tag: string
  /** Neither a code nor a name that we know: the tag is a private one made of the author's words. */
  readonly invented: boolean
}

/**
 * The BCP 47 tag of what stands after `label::`: `English (en)` → en, `es` → es, `Français` → fr, `default` → default,
 * `Shipibo` → und-x-shipibo. Undefined where nothing of it can be written as a tag.
 */
export function languageOf(written: string): LanguageFound | undefined {
  const text = written.trim()
  if (text.length > 100) return undefined
  if (text.toLowerCase() === 'default') return { tag: 'default', invented: false }
  const name = /^(.*?)\s*\(\s*([A-Za-z0-9-]{2,35})\s*\)$/s.exec(text)
  for (const candidate of name ? [name[2]!, name[1]!, text] : [text]) {
    const code = names().get(candidate.toLowerCase()) ?? (/^[A-Za-z]{2,3}(-|$)/.test(candidate) ? candidate : '')
    const tag = canonical(code)
    if (tag) return { tag, invented: false }
  }
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '')
  const pieces = plain.slice(0, 32).match(/.{1,8}/g)
  return pieces ? { tag: `und-x-${pieces.join('-')}`, invented: true } : undefined
}

function canonical(code: string): string | undefined {
  try {
    return code.length > 35 ? undefined : Intl.getCanonicalLocales(code)[0]
  } catch {
    return undefined
  }
}
