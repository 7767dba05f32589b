import { useRef, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { classes } from '#ui/classes.ts'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'

const kinds: Record<string, string | undefined> = { image: 'image/*', audio: 'audio/*', video: 'video/*' }
const faces = new Set(['image', 'video'])

/** A file handed to whoever keeps files; the answer is the name it is kept under. */
export function FileField(props: FieldProps) {
  const { view } = props
  const { interview, onFile, onFileRemoved } = useForm()
  const words = useWords()
  const { t } = words
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<'busy' | 'failed'>()
  const stored = view.value === null ? undefined : String(view.value)
  const file = stored === undefined ? undefined : interview.fileOf(stored)
  const take = async (chosen: File | undefined) => {
    if (!chosen || !onFile) return
    setState('busy')
    try {
      const kept = await onFile(chosen, view.path)
      interview.keepFile(view.path, kept, { name: chosen.name, size: chosen.size })
      setState(undefined)
    } catch {
      setState('failed')
    }
  }
  const remove = () => {
    if (stored !== undefined) onFileRemoved?.(stored, view.path)
    interview.answer(view.path, null)
  }
  const names = fieldNames(props)
  const described = classes(names['aria-describedby'], faces.has(view.type) && `${view.path}:faces`) || undefined
  return (
    <FieldFrame {...props} group="group">
      {faces.has(view.type) && (
        <p className="form-note" id={`${view.path}:faces`}>
          {t('form.file.no-people')}
        </p>
      )}
      {stored !== undefined && (
        <div className="form-file">
          <span className="form-file-name">{file?.name ?? stored}</span>
          {file && <span className="form-file-size">{size(file.size, words.number)}</span>}
          <Button
            variant="secondary"
            compact
            onClick={remove}
            aria-label={t('form.file.remove-what', { what: file?.name ?? stored })}
          >
            {t('form.file.remove')}
          </Button>
        </div>
      )}
      <input
        ref={input}
        type="file"
        className="hidden-visually"
        tabIndex={-1}
        aria-hidden="true"
        accept={kinds[view.type]}
        onChange={event => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button
        id={view.path}
        variant="secondary"
        busy={state === 'busy'}
        disabled={!onFile}
        aria-describedby={described}
        onClick={() => input.current?.click()}
      >
        {t(stored === undefined ? `form.file.add.${view.type}` : 'form.file.replace')}
      </Button>
      <p role="status" className="form-note">
        {state === 'failed' && t('form.file.failed')}
        {!onFile && t('form.file.off')}
      </p>
    </FieldFrame>
  )
}

function size(bytes: number, number: (value: number, shape?: Intl.NumberFormatOptions) => string): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return number(value, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 })
}
