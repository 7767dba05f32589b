import { createContext, type ReactNode, use } from 'react'
import type { PageMode } from '#platform/forms/pages.ts'
import type { Interview } from './interview.ts'

/** What a form needs from whoever shows it. */
export interface FormSurroundings {
  readonly interview: Interview
  readonly mode: PageMode
  /**
   * Address of a picture, recording or film by its file name: a path on this origin. Undefined where there is none;
   * anything that is not a path on this origin is not shown.
   */
  readonly mediaUrl?: ((file: string) => string | undefined) | undefined
  /** Takes a chosen file. @returns the name that the answer holds. Without it files cannot be added. */
  readonly onFile?: ((file: File, path: string) => string | Promise<string>) | undefined
  readonly onFileRemoved?: ((stored: string, path: string) => void) | undefined
}

const Context = createContext<FormSurroundings | null>(null)

export const FormProvider = ({ value, children }: { value: FormSurroundings; children: ReactNode }) => (
  <Context value={value}>{children}</Context>
)

export function useForm(): FormSurroundings {
  const found = use(Context)
  if (!found) throw new Error('useForm needs a FormRunner above it')
  return found
}

/** The path of a file for the page to fetch; never another origin's. */
export function mediaPath(file: string | null | undefined, { mediaUrl }: Pick<FormSurroundings, 'mediaUrl'>) {
  const path = file ? mediaUrl?.(file) : undefined
  return path && /^\/(?![/\\])/.test(path) ? path : undefined
}
