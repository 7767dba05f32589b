import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { LanguageCode, Words } from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { AfterNo } from './AfterNo.tsx'
import { ServiceCard } from './ServiceCard.tsx'
import { LanguageChoice, useWordsOf } from './TextToRead.tsx'
import './consent.css'
import './card.css'

/** Where to get help: a card that can be turned to the person or printed, and after a no what else there is to think of. */
export default function Help() {
  const own = useWords()
  const { t } = own
  const { history } = useRouter()
  const after = useSearch({ strict: false }) as {
    after?: string
    case?: string
    refusal?: string
    child?: string
  }
  const [lang, setLang] = useState<LanguageCode>(own.lang)
  const [turned, setTurned] = useState(false)
  const words = useWordsOf(lang)
  const printing = usePrinting()
  const no = after.after === 'no'
  return (
    <div className="stack">
      <PageHeader title={t('consent.help.title')}>{t(no ? 'consent.help.lead' : 'consent.help.lead-open')}</PageHeader>
      {no && after.child && <Banner tone="warning">{t('consent.help.child')}</Banner>}
      <div className="card-tools">
        <LanguageChoice label={t('consent.card.language')} name="card-language" value={lang} onChange={setLang} />
      </div>
      {words.isPending && <Loading lines={6} />}
      {words.isError && <Problem error={words.error} onRetry={() => void words.refetch()} />}
      {words.isSuccess && (
        <>
          <ServiceCard words={words.data} />
          <div className="card-actions">
            <Button wide onClick={() => setTurned(true)}>
              {t('consent.card.turn')}
            </Button>
            <Button variant="secondary" wide onClick={() => window.print()}>
              {t('consent.card.print')}
            </Button>
          </div>
          {turned && <Turned words={words.data} hide={t('consent.card.hide')} onHide={() => setTurned(false)} />}
          {printing && createPortal(<ServiceCard words={words.data} />, printing)}
        </>
      )}
      <p className="quiet-note">{t('consent.help.show')}</p>
      {no && after.case && after.refusal && <AfterNo caseId={after.case} refusal={after.refusal} />}
      <Button variant="quiet" wide onClick={() => (no ? history.push('/') : history.back())}>
        {t('consent.help.back')}
      </Button>
    </div>
  )
}

/** The card alone, over everything else there is on this screen. */
function Turned({ words, hide, onHide }: { words: Words; hide: string; onHide: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="turned" aria-label={words.t('consent.card.title')} onClose={onHide}>
      <ServiceCard words={words} />
      <Button variant="quiet" wide onClick={onHide}>
        {hide}
      </Button>
    </dialog>
  )
}

/** A place beside the app that exists while the browser prints; what is printed is that and nothing else. */
function usePrinting(): HTMLElement | undefined {
  const [place, setPlace] = useState<HTMLElement>()
  useEffect(() => {
    let made: HTMLElement | undefined
    const begin = () => {
      made ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'printed-card' }))
      // The browser takes its picture as soon as this returns.
      flushSync(() => setPlace(made))
    }
    const end = () => {
      setPlace(undefined)
      made?.remove()
      made = undefined
    }
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
      made?.remove()
    }
  }, [])
  return place
}
