import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv.ts'

test('a cell that a spreadsheet would run is defused', () => {
  assert.equal(csvLine(['=1+1', '+2', '-3', '@x', 'plain']), "'=1+1,'+2,'-3,'@x,plain\r\n")
})

test('quotes, commas and line breaks are kept inside their cell', () => {
  assert.equal(csvLine(['a"b', 'c,d', 'e\nf', 7, true, null]), '"a""b","c,d","e\nf",7,true,\r\n')
})
