import { Worker } from 'node:worker_threads'
import type { Flaw, FormDefinition } from './definition.ts'
import type { Row } from './xlsform/workbook.ts'

export interface ImportTask {
  readonly bytes: Uint8Array
  /** Sheets beside those of a form: name in small letters → rows that are kept of it, the header among them. */
  readonly further: Readonly<Record<string, number>>
}
export interface ImportAnswer {
  /** undefined where the form has flaws */
  readonly definition: FormDefinition | undefined
  readonly flaws: readonly Flaw[]
  readonly warnings: readonly Flaw[]
  /** Rows of the further sheets that are there, by their name in small letters; undefined where no sheet could be read. */
  readonly sheets: Readonly<Record<string, readonly Row[]>> | undefined
}

/** What one spreadsheet may take. Less than the time that PostgreSQL lets a transaction stand idle. */
const bounds: { readonly seconds: number; readonly megabytes: number } = { seconds: 8, megabytes: 400 }

/**
 * Reads a spreadsheet (`importXlsForm`, and further sheets as they stand) in a thread of its own, so that whatever it
 * holds neither keeps the server from answering nor takes its memory. A sheet that runs out of time or memory is
 * answered with the flaw file-too-large-unpacked.
 * @throws Error when the thread fails for another reason
 */
export function importInWorker(task: ImportTask, { seconds, megabytes } = bounds): Promise<ImportAnswer> {
  const tooMuch: ImportAnswer = {
    definition: undefined,
    flaws: [{ code: 'file-too-large-unpacked' }],
    warnings: [],
    sheets: undefined,
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      // Nothing of the server's own surroundings is any of its business.
      env: {},
      stdout: true,
      stderr: true,
    })
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.removeAllListeners()
      worker.on('error', () => {})
      void worker.terminate()
      settle()
    }
    const timer = setTimeout(() => end(() => resolve(tooMuch)), seconds * 1000)
    worker.once('message', (answer: ImportAnswer) => end(() => resolve(answer)))
    worker.once('error', (error: Error & { code?: string }) =>
      end(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooMuch) : reject(error))),
    )
    worker.once('exit', () => end(() => reject(new Error('the import thread ended without an answer'))))
  })
}
