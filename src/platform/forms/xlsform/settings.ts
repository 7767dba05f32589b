import { limits } from '../definition.ts'
import { isNo, isYes } from './cells.ts'
import type { Findings } from './findings.ts'
import { tokensOf } from './headers.ts'
import { languageOf } from './languages.ts'
import { forbidden } from './values.ts'
import type { Row } from './workbook.ts'

export interface Settings {
  readonly id: string
  readonly version: string
  /** Undefined language: the form's own. */
  readonly titles: readonly { readonly language: string | undefined; readonly text: string }[]
  /** Language tag, where the sheet names one. */
  readonly defaultLanguage: string | undefined
  readonly instanceName: string | undefined
  readonly style: string | undefined
  readonly duplicates: boolean
  readonly flat: boolean
}

/** Settings that change nothing when they say no, and nothing that we do when they say yes or carry a value. */
const elsewhere = new Set(['clean_text_values', 'omit_instanceid', 'auto_send', 'auto_delete', 'client_editable'])

/** Reads the settings sheet: headers in its first row, values in its second. */
export function settingsOf(sheet: string, rows: readonly Row[], findings: Findings): Settings {
  const [headers, values, ...more] = rows
  const found: { -readonly [Key in keyof Settings]: Settings[Key] } = {
    id: 'form',
    version: '1',
    titles: [],
    defaultLanguage: undefined,
    instanceName: undefined,
    style: undefined,
    duplicates: false,
    flat: false,
  }
  if (!headers || !values) return found
  if (more[0]) findings.warn('settings-row', { sheet, row: more[0].number })
  const titles: { language: string | undefined; text: string }[] = []
  found.titles = titles
  for (const [index, header] of headers.cells) {
    const value = values.cells.get(index)
    if (value === undefined) continue
    const spot = { sheet, row: values.number, column: header }
    if (forbidden.test(value)) findings.refuse('character', spot)
    else if (value.length > limits.textLength) findings.refuse('text-too-long', spot, String(limits.textLength))
    else set(header, value, spot)
  }

  function set(header: string, value: string, spot: { sheet: string; row: number; column: string }): void {
    const [first = '', language] = tokensOf(header)
    switch (first.toLowerCase().replace(/\s+/g, '_')) {
      case 'form_id':
      case 'id_string':
      case 'set_form_id': {
        found.id = value.replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 200)
        if (found.id !== value) findings.warn('form-id-changed', spot, found.id)
        return
      }
      case 'form_title':
      case 'set_form_title':
      case 'title':
        titles.push({ language: language && languageOf(language)?.tag, text: value })
        return
      case 'version':
        found.version = value
        return
      case 'default_language': {
        const named = languageOf(value)
        if (named) found.defaultLanguage = named.tag
        else findings.refuse('language-name', spot, value)
        return
      }
      case 'instance_name':
        found.instanceName = value.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'")
        return
      case 'style':
        found.style = value
        return
      case 'allow_choice_duplicates':
        found.duplicates = isYes(value)
        return
      case 'flat':
        found.flat = isYes(value)
        return
      case 'add_none_option':
        if (!isNo(value)) findings.refuse('setting-not-supported', spot, value)
        return
      default:
        if (!(elsewhere.has(first.toLowerCase()) && (isNo(value) || isYes(value))))
          findings.warn('setting-ignored', spot)
    }
  }
  return found
}
