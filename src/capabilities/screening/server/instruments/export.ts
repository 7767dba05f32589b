import { toXForm } from '#platform/forms/xform/xform.ts'
import { handle } from '#platform/http/handle.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { instrumentWorkbook } from '../sheets/instrument-workbook.ts'
import { type Found, getInstrument } from './find.ts'

const nameOf = ({ row: { code, version } }: Found, ending: string) =>
  `${code}-${version}.${ending}`.replaceAll(/\.{2,}/g, '.')

/** The spreadsheet that a country edits. */
export const exportInstrument = handle(screening.exportInstrument, policy, {
  run: async ({ read, actor, input: { params, query } }) => {
    const found = await getInstrument(read, actor.country, params.instrument, query.version)
    return { name: nameOf(found, 'xlsx'), bytes: await instrumentWorkbook(found.instrument) }
  },
})

/** The form alone, as programs of the ODK family read it. */
export const xform = handle(screening.xform, policy, {
  facts: async ({ read, actor, input: { params, query } }) => ({
    found: await getInstrument(read, actor.country, params.instrument, query.version),
  }),
  run: async ({ facts }) => {
    const found = facts.found as Found
    return { name: nameOf(found, 'xml'), bytes: new TextEncoder().encode(toXForm(found.instrument.form)) }
  },
})
