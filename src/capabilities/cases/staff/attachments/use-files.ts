import { useState } from 'react'
import { mostFileBytes } from '#platform/files/contract.ts'
import { newId } from '#staff/api.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Chosen, choose, nameOf, sendNow } from './attaching.ts'

/** Where errors about files lead. */
export const filesField = 'attached-files'

export interface Picked extends Chosen {
  /** The file's own, so that sending it twice adds it once. */
  readonly id: string
  /** How far it is, from 0 to 1, while it is sent. */
  readonly share?: number | undefined
  /** How the command names it, once all of it has arrived. */
  readonly sent?: string
}

/** Says what a file that has arrived is: the command of a slice. @throws Refusal */
export type Attach = (to: string, body: { id: string; file: string; name: string }) => Promise<unknown>

/**
 * Files that were chosen for something, until they are there: sent one after another, and nothing of them kept on this device.
 * @param has how many it has already, of at most so many
 */
export function useFiles(attach: Attach, has: number, most: number) {
  const { t } = useWords()
  const [picked, setPicked] = useState<readonly Picked[]>([])
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [busy, setBusy] = useState(false)
  const change = (id: string, what: Partial<Picked>) =>
    setPicked(all => all.map(one => (one.id === id ? { ...one, ...what } : one)))
  const drop = (id: string) => setPicked(all => all.filter(one => one.id !== id))
  const error = (why: string, name: string): FieldError => ({
    field: filesField,
    message: t(`attachment.files.wrong.${why}`, { name, most }),
  })

  const pick = async (files: readonly File[]) => {
    const wrong: FieldError[] = []
    const right: Picked[] = []
    for (const file of files) {
      const room = right.length + picked.length + has < most
      const why = !room ? 'too-many' : file.size === 0 ? 'empty' : file.size > mostFileBytes ? 'too-large' : undefined
      if (why) wrong.push(error(why, file.name))
      else right.push({ ...(await choose(file)), id: newId() })
    }
    setPicked(all => [...all, ...right])
    setErrors(wrong)
  }
  /** @returns whether the file is there */
  const sendOne = async (to: string, one: Picked): Promise<boolean> => {
    change(one.id, { share: 0 })
    try {
      const file = one.sent ?? (await sendNow(one.file, share => change(one.id, { share })))
      if (file === undefined) return false
      change(one.id, { sent: file })
      await attach(to, { id: one.id, file, name: nameOf(one.file) })
      return true
    } catch (thrown) {
      // It was added before, and the answer was lost.
      return (thrown as { code?: unknown }).code === 'conflict'
    }
  }
  /** @returns whether all of them are there; the others stay chosen, and an error names each */
  const send = async (to: string): Promise<boolean> => {
    const wrong: FieldError[] = []
    setErrors([])
    setBusy(true)
    for (const one of picked)
      if (await sendOne(to, one)) drop(one.id)
      else {
        change(one.id, { share: undefined })
        wrong.push(error('not-sent', one.file.name))
      }
    setBusy(false)
    setErrors(wrong)
    return wrong.length === 0
  }
  const remove = (id: string) => {
    drop(id)
    setErrors([])
  }
  return { picked, errors, busy, pick, send, remove, needed: () => setErrors([error('needed', '')]) }
}
export type Files = ReturnType<typeof useFiles>
