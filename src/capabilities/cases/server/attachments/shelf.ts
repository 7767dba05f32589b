import type { Shelf } from '#platform/files/server/attached/sealed.ts'
import type { AttachmentCompartment } from '../../contract.ts'

/** One table, and for each compartment the key that opens what belongs to it. */
export const shelfOf = (compartment: string): Shelf & { readonly compartment: AttachmentCompartment } => ({
  table: 'cases.attachment',
  compartment: compartment === 'ID' ? 'ID' : 'SVC',
})
