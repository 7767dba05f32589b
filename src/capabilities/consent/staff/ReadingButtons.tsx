import { useNames } from '#capabilities/directory/staff/parts.tsx'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import { Picture } from './pictures.tsx'
import type { Reader, Reading } from './reader.ts'

/** Begins, pauses and ends the reading aloud, or says plainly that this device has no voice for it. */
export function ReadingButtons({
  voice,
  lang,
  reading,
  reader,
}: {
  voice: 'waiting' | 'none' | 'here'
  lang: string
  reading: Reading
  reader: Reader | undefined
}) {
  const { t } = useWords()
  const names = useNames()
  if (voice === 'none')
    return <p className="quiet-note">{t('consent.read.no-voice', { language: names.language(lang) })}</p>
  // Room for it is kept, so that nothing moves under a thumb.
  if (!reader) return <div className="reading-buttons" />
  return (
    <div className="reading-buttons">
      {reading.state === 'reading' ? (
        <Button variant="secondary" compact onClick={reader.pause}>
          <Icon name="pause" />
          {t('consent.read.pause')}
        </Button>
      ) : (
        <Button variant="secondary" compact onClick={reader.start}>
          <Picture name="talking" small />
          {t(reading.state === 'paused' ? 'consent.read.go-on' : 'consent.read.start')}
        </Button>
      )}
      {reading.state !== 'silent' && (
        <Button variant="quiet" compact onClick={reader.stop}>
          {t('consent.read.stop')}
        </Button>
      )}
    </div>
  )
}
