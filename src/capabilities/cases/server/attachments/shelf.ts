import type { Shelf } from '#platform/files/server/attached/sealed.ts'

export const shelf: Shelf = { table: 'cases.attachment', compartment: 'SVC' }
