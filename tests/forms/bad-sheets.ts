/** Imports each sheet named on the command line in turn and says what came of it: a line of JSON a sheet. */
import { readFileSync } from 'node:fs'
import { FormFlaw } from '#platform/forms/flaw.ts'
import { importXlsForm } from '#platform/forms/xlsform/import.ts'

/** The most that was resident until now, in MB; what is now where the system does not say. */
function resident(): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024)
  } catch {
    return Math.round(process.memoryUsage.rss() / 2 ** 20)
  }
}

for (const file of process.argv.slice(2)) {
  const began = performance.now()
  let said: object
  try {
    const { warnings } = await importXlsForm(readFileSync(file))
    said = { refused: false, flaws: warnings }
  } catch (error) {
    if (!(error instanceof FormFlaw)) throw error
    said = { refused: true, flaws: error.flaws }
  }
  console.log(JSON.stringify({ ...said, ms: Math.round(performance.now() - began), residentMB: resident() }))
}
