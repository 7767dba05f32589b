import type { FormDefinition } from '../definition.ts'
import { controlsOf, defaults } from './body.ts'
import { binds, type Form, primary, secondary } from './model.ts'
import { Paths } from './paths.ts'
import { FormTexts } from './texts.ts'
import { element } from './writer.ts'

const namespaces = {
  xmlns: 'http://www.w3.org/2002/xforms',
  'xmlns:h': 'http://www.w3.org/1999/xhtml',
  'xmlns:ev': 'http://www.w3.org/2001/xml-events',
  'xmlns:jr': 'http://openrosa.org/javarosa',
  'xmlns:odk': 'http://www.opendatakit.org/xforms',
  'xmlns:orx': 'http://openrosa.org/xforms',
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
}

/**
 * The form as an ODK XForm 1.0 document (getodk.github.io/xforms-spec), which ODK and KoBo programs read.
 * @throws FormFlaw: what `parseExpression` finds wrong, name-unknown, trigger-silent, character
 */
export function toXForm(definition: FormDefinition): string {
  const paths = new Paths(definition)
  const form: Form = { definition, paths, texts: new FormTexts(definition, paths) }
  // The texts are gathered while everything else is written, and stand before it.
  const lists = secondary(form)
  const bound = binds(form)
  const controls = controlsOf(form)
  const model = element('model', { 'odk:xforms-version': '1.0.0' }, [
    form.texts.markup(),
    primary(form),
    ...lists,
    ...bound,
    ...defaults(definition.body, form, 'odk-instance-first-load'),
  ])
  const title = element('h:title', {}, [form.texts.in(definition.title, definition.defaultLanguage)])
  const html = element('h:html', namespaces, [
    element('h:head', {}, [title, model]),
    element('h:body', { class: definition.style }, controls),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${html.xml}\n`
}
