import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Problem } from '#platform/problem/problem.ts'
import { type Letter, letterTemplate } from './letter.ts'
import { type Report, reportTemplate } from './report.ts'

const require = createRequire(import.meta.url)

type Compiler = import('@myriaddreamin/typst-ts-node-compiler').NodeCompiler
let compiler: Promise<Compiler> | undefined

/** The compiler is a native library of some 40 MB: loaded when the first document is asked for. */
async function start(): Promise<Compiler> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fontBlobs = [
    readFileSync(require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
    readFileSync(require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf')),
  ]
  return NodeCompiler.create({ fontArgs: [{ fontBlobs }] })
}

/** Whether the letters are all in the font that documents are set in: a document with holes is none. */
export const isSettable = (text: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{Nd}\p{P}\p{Zs}]*$/u.test(text)

/** A file says of itself that it is PDF/UA-1; the compiler checked it before it wrote that. */
const isAccessible = (bytes: Buffer): boolean => /pdfuaid:part>1</.test(bytes.toString('latin1'))

/** Letters that the font does not have, and line breaks, as what it has: for words that a document is not to fail over. */
export const settable = (text: string): string =>
  [...text.replace(/\s+/g, ' ')].map(one => (/[\x20-\x7e]/.test(one) || isSettable(one) ? one : '?')).join('')

/**
 * Sets a document as PDF/UA-1: tagged, with title and language. What is in it goes to the template as data and is never a
 * part of it.
 * @throws Problem no-accessible-documents where this machine's compiler cannot do that; no other PDF is made instead
 */
async function render(mainFileContent: string, inputs: Record<string, string>, at: Date): Promise<Uint8Array> {
  compiler ??= start()
  let bytes: Buffer
  try {
    const made = await compiler
    try {
      bytes = made.pdf(
        { mainFileContent, inputs, resetRead: true },
        { pdfStandard: 'ua-1', creationTimestamp: Math.floor(at.getTime() / 1000) },
      )
    } finally {
      // The compiler remembers what it set; nothing of a person stays in its memory.
      made.evictCache(0)
    }
  } catch {
    // Where the library is missing or too old for tagged documents; its message may hold what was to be set.
    compiler = undefined
    throw new Problem('no-accessible-documents')
  }
  if (!isAccessible(bytes)) throw new Problem('no-accessible-documents')
  return bytes
}

/** @throws Problem no-accessible-documents */
export const renderLetter = (letter: Letter, at: Date): Promise<Uint8Array> =>
  render(letterTemplate, { letter: JSON.stringify(letter) }, at)

/** @throws Problem no-accessible-documents */
export const renderReport = (report: Report, at: Date): Promise<Uint8Array> =>
  render(reportTemplate, { report: JSON.stringify(report) }, at)
