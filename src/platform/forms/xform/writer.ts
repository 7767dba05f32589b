import { flaw } from '../flaw.ts'
import { forbidden } from '../xlsform/values.ts'

/** Attribute name → value; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Text that is already XML. */
export interface Markup {
  readonly xml: string
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** @throws FormFlaw character */
function escaped(text: string, marks: RegExp): string {
  if (forbidden.test(text)) flaw('character')
  return text.replace(marks, mark => entities[mark] ?? `&#${mark.charCodeAt(0)};`)
}

/** One element; children that are undefined are left out, texts are escaped. @throws FormFlaw character */
export function element(
  name: string,
  attributes: Attributes = {},
  children: readonly (string | Markup | undefined)[] = [],
): Markup {
  const inside = children
    .map(child => (child === undefined ? '' : typeof child === 'string' ? escaped(child, /[&<>]/g) : child.xml))
    .join('')
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value), /[&<>"\n\t]/g)}"`)
    .join('')
  return { xml: inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>` }
}
