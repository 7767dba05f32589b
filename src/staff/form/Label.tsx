import { useWords } from '#ui/words-context.tsx'
import { useForm } from './form-context.tsx'
import { type Said, speaker } from './said.ts'

/** A text of the form, and the officer's own language small beside it. Always plain text. */
export function Label({ said }: { said: Said }) {
  return (
    <>
      <span lang={said.lang} dir="auto" className="form-text">
        {said.text}
      </span>
      {said.beside && (
        <span lang={said.besideLang} dir="auto" className="form-beside">
          {said.beside}
        </span>
      )}
    </>
  )
}

export function useSpeaker() {
  const { interview } = useForm()
  const { lang } = useWords()
  return speaker(interview, lang)
}
