import './attachments.css'
import { useRef } from 'react'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Chosen } from './attaching.ts'
import { sizeText } from './size.ts'

const accepted =
  'image/jpeg,image/png,image/webp,image/heic,application/pdf,audio/mp4,audio/ogg,audio/webm,.docx,.odt,.m4a'

/** A file that was picked: what it looks like, its name and how large it is. */
export function ChosenFile({ file, thumbnail }: Chosen) {
  const words = useWords()
  return (
    <div className="attachment-chosen">
      {thumbnail && <img src={`data:image/jpeg;base64,${thumbnail}`} alt="" />}
      <span className="attachment-name">{file.name}</span>
      <span className="attachment-size">{sizeText(file.size, words.number)}</span>
    </div>
  )
}

/** Opens the choice of files. */
export function PickFiles({
  id,
  label,
  several,
  disabled,
  onPick,
}: {
  id: string
  label: string
  several?: boolean
  disabled?: boolean
  onPick: (files: readonly File[]) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accepted}
        multiple={several}
        className="hidden-visually"
        tabIndex={-1}
        aria-hidden="true"
        onChange={event => {
          onPick([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <Button id={id} variant="secondary" disabled={disabled} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  )
}
