import { writeFile } from 'node:fs/promises'
import { readConfig } from '#platform/config/config.ts'
import { allBindings } from '../src/bindings.ts'
import { operationTable } from './operation-table.ts'

// Writes the table of every operation that the demonstration serves; a test keeps it equal to the code.
const bindings = allBindings(readConfig({}, 'demonstration'))
await writeFile(new URL('../tests/operations.txt', import.meta.url), operationTable(bindings))
console.log(`${bindings.length} operations written`)
