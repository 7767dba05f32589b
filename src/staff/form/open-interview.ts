import type { FormDefinition } from '#platform/forms/definition.ts'
import { Interview, type InterviewOptions } from './interview.ts'

/**
 * Fetches the engine and begins an interview, or goes on with one. Keep what it gives outside any component: it is
 * the draft, and lives in memory alone.
 * @throws FormFlaw where the form itself is wrong; TypeError without a connection on the very first use
 */
export async function openInterview(definition: FormDefinition, options: InterviewOptions = {}): Promise<Interview> {
  const { start } = await import('./engine.ts')
  return new Interview(definition, await start(definition, options), options)
}
