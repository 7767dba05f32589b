import { useEffect, useRef } from 'react'
import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'

/** Nothing of the interview is on the screen, in the tab or read aloud. */
function useNeutral() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = 'Samaan'
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}

/** A break: a page that tells nobody anything, and one button back to the same question. */
export function Paused({ onGoOn }: { onGoOn: () => void }) {
  const { t } = useWords()
  const heading = useNeutral()
  return (
    <div className="page stack form-away">
      <h1 ref={heading} tabIndex={-1}>
        {t('form.paused.title')}
      </h1>
      <Button wide onClick={onGoOn}>
        {t('form.paused.go-on')}
      </Button>
    </div>
  )
}

/** Time to decide what becomes of the answers. */
export function Stopped({
  onGoOn,
  onKeep,
  onDelete,
}: {
  onGoOn: () => void
  onKeep: (() => void) | undefined
  onDelete: (() => void) | undefined
}) {
  const { t } = useWords()
  const heading = useNeutral()
  return (
    <div className="page stack form-away">
      <div className="stack-close">
        <h1 ref={heading} tabIndex={-1}>
          {t('form.stopped.title')}
        </h1>
        <p className="form-note">{t('form.stopped.hint')}</p>
      </div>
      <Button wide onClick={onGoOn}>
        {t('form.stopped.go-on')}
      </Button>
      {onKeep && (
        <div className="stack-close">
          <Button wide variant="secondary" onClick={onKeep} aria-describedby="form-keep">
            {t('form.stopped.keep')}
          </Button>
          <p id="form-keep" className="form-note">
            {t('form.stopped.keep-hint')}
          </p>
        </div>
      )}
      {onDelete && (
        <Button wide variant="danger" onClick={onDelete}>
          {t('form.stopped.delete')}
        </Button>
      )}
    </div>
  )
}
