import type * as core from 'zod/v4/core'
import type { Schema } from './operation.ts'

/**
 * Reads a form post (`a=1&b.c=2&d=x&d=y`) into the nested value that a schema describes, so that one operation serves
 * JSON and plain HTML forms. Empty optional fields are left out; a checkbox is `on`. Nothing is judged here: parse does.
 * Line ends arrive as CR LF by the HTML standard and become LF.
 */
export function fromForm(schema: Schema, form: URLSearchParams): unknown {
  const known = new Set<string>()
  const value = read(schema as unknown as core.$ZodTypes, '', form, known)
  // Names the schema does not know stay, so that parse can name them.
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    for (const [name, text] of form)
      if (!known.has(name) && !name.startsWith('_')) (value as Record<string, unknown>)[name] = text
  return value
}

function read(schema: core.$ZodTypes, name: string, form: URLSearchParams, known: Set<string>): unknown {
  const def = schema._zod.def
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
      return read(def.innerType as core.$ZodTypes, name, form, known)
    case 'object': {
      const out: Record<string, unknown> = {}
      for (const [key, child] of Object.entries(def.shape)) {
        const value = read(child as core.$ZodTypes, name ? `${name}.${key}` : key, form, known)
        if (value !== undefined) out[key] = value
      }
      return name && Object.keys(out).length === 0 ? undefined : out
    }
    case 'array': {
      known.add(name)
      const element = def.element as core.$ZodTypes
      const all = form.getAll(name).filter(one => one !== '')
      return all.length === 0 ? undefined : all.map(one => scalar(element, one))
    }
    case 'boolean':
      known.add(name)
      return form.has(name) ? ['on', 'true', 'yes'].includes(form.get(name)!) : undefined
    default: {
      known.add(name)
      const raw = form.get(name)
      return raw === null || raw === '' ? undefined : scalar(schema, raw)
    }
  }
}

function scalar(schema: core.$ZodTypes, raw: string): unknown {
  const text = raw.replaceAll('\r\n', '\n')
  if (schema._zod.def.type === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  return text
}
