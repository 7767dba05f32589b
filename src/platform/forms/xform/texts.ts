import type { Choice, FormDefinition, FormNode, Media, Texts } from '../definition.ts'
import { inLanguage } from '../texts.ts'
import type { Located, Paths } from './paths.ts'
import { pieces } from './rewrite.ts'
import { element, type Markup } from './writer.ts'

const folders = { image: 'images', audio: 'audio', video: 'video' } as const

/** The text of one place in one language: its values by form, '' being the plain one. */
type Values = readonly (readonly [form: string, value: string])[]

/**
 * The texts of a form: written where they stand if the form has one unnamed language, else gathered as `itext`
 * under an id.
 */
export class FormTexts {
  readonly #definition: FormDefinition
  readonly #paths: Paths
  readonly #ids = new Map<string, (language: string) => Markup[]>()
  readonly #plain: boolean

  constructor(definition: FormDefinition, paths: Paths) {
    this.#definition = definition
    this.#paths = paths
    this.#plain = definition.languages.length === 1 && definition.languages[0] === 'default'
  }

  /** A text's words in a language; where it has none, in the form's own, else in the first that has them. */
  in(texts: Texts, language: string): string {
    return inLanguage(texts, language, this.#definition.defaultLanguage) ?? '-'
  }

  /** `<label>` of a node, or undefined where it has neither words nor media. */
  label(node: FormNode, here: Located): Markup | undefined {
    return this.#shown('label', `${here.path}:label`, node.label, here, node.media)
  }

  hint(node: FormNode, here: Located): Markup | undefined {
    const guidance = node.kind === 'question' ? node.guidance : undefined
    return this.#shown('hint', `${here.path}:hint`, node.hint, here, undefined, guidance)
  }

  /** The value of `jr:constraintMsg` or `jr:requiredMsg`. */
  message(texts: Texts | undefined, kind: string, here: Located): string | undefined {
    if (!texts) return undefined
    const whole = this.in(texts, this.#definition.defaultLanguage)
    if (this.#plain && !whole.includes('${')) return whole
    const id = `${here.path}:${kind}`
    this.#add(id, here, texts)
    return `jr:itext('${id}')`
  }

  /** Whether the choices of a list carry `itextId` instead of a label of their own. */
  named(choices: readonly Choice[]): boolean {
    return (
      !this.#plain ||
      choices.some(choice => choice.media || Object.values(choice.label).some(text => text.includes('${')))
    )
  }

  choice(choice: Choice, id: string): void {
    this.#add(id, undefined, choice.label, choice.media)
  }

  /** `<itext>` of everything asked for until now. */
  markup(): Markup | undefined {
    if (this.#ids.size === 0) return undefined
    const { languages, defaultLanguage } = this.#definition
    return element(
      'itext',
      {},
      languages.map(language =>
        element(
          'translation',
          { lang: language, ...(language === defaultLanguage ? { default: 'true()' } : {}) },
          [...this.#ids].map(([id, values]) => element('text', { id }, values(language))),
        ),
      ),
    )
  }

  #shown(
    name: 'label' | 'hint',
    id: string,
    texts: Texts | undefined,
    here: Located,
    media?: Media,
    guidance?: Texts,
  ): Markup | undefined {
    if (!texts && !media && !guidance) return undefined
    if (this.#plain && texts && !media && !guidance)
      return element(name, {}, this.#content(this.in(texts, 'default'), here))
    this.#add(id, here, texts, media, guidance)
    return element(name, { ref: `jr:itext('${id}')` })
  }

  #add(id: string, here: Located | undefined, texts?: Texts, media?: Media, guidance?: Texts): void {
    this.#ids.set(id, language => {
      const values: Values = [
        ...(texts && Object.keys(texts).length > 0 ? ([['', this.in(texts, language)]] as const) : []),
        ...(guidance ? ([['guidance', this.in(guidance, language)]] as const) : []),
        ...(['image', 'audio', 'video'] as const).flatMap(kind => {
          const file = media?.[kind]?.[language]
          return file === undefined ? [] : ([[kind, `jr://${folders[kind]}/${file}`]] as const)
        }),
      ]
      return values.map(([form, value]) =>
        element(
          'value',
          form === '' ? {} : { form },
          form === '' || form === 'guidance' ? this.#content(value, here) : [value],
        ),
      )
    })
  }

  #content(text: string, here: Located | undefined): (string | Markup)[] {
    return pieces(text, here, this.#paths).map(piece =>
      typeof piece === 'string' ? piece : element('output', { value: piece.path }),
    )
  }
}
