import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createWords, type LanguageCode, type Words } from '#platform/words/words.ts'
import '../ui.css'
import { showTheme, type Theme } from '../theme.ts'
import { fetchMessages, WordsProvider } from '../words-context.tsx'
import { DeskGallery } from './DeskGallery.tsx'
import { Gallery } from './Gallery.tsx'
import { StepGallery } from './StepGallery.tsx'

const asked = new URLSearchParams(location.search)
const pages = { kit: Gallery, desk: DeskGallery, step: StepGallery }

function Page() {
  const [lang, setLang] = useState<LanguageCode>(asked.get('lang') === 'es' ? 'es' : 'en')
  const [words, setWords] = useState<Words>()
  useEffect(() => {
    let current = true
    void Promise.all([fetchMessages(lang), fetchMessages(lang, 'desk')]).then(([base, desk]) => {
      if (current) setWords(createWords(lang, { ...base, ...desk }, { timeZone: 'America/Port_of_Spain' }))
    })
    return () => {
      current = false
    }
  }, [lang])
  if (!words) return null
  const Shown = pages[(asked.get('page') ?? 'kit') as keyof typeof pages] ?? Gallery
  return (
    <WordsProvider words={words}>
      <Shown onLanguage={setLang} />
    </WordsProvider>
  )
}

showTheme((asked.get('theme') as Theme | null) ?? undefined)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
