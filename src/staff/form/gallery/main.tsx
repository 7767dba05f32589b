import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { FormDefinition } from '#platform/forms/definition.ts'
import { createWords, type LanguageCode, type Words } from '#platform/words/words.ts'
import { showTheme, type Theme } from '#ui/theme.ts'
import { fetchMessages, WordsProvider } from '#ui/words-context.tsx'
import '#ui/ui.css'
import '../../staff.css'
import type { Interview, Outcome } from '../interview.ts'
import { openInterview } from '../open-interview.ts'

// `?lang=es&person=en&mode=group&form=print&theme=dark&big=1000`: one form as an officer's app would show it.
const asked = new URLSearchParams(location.search)

/** Many questions that hang on each other, to feel a slow phone with. */
function large(count: number): FormDefinition {
  const text = (en: string) => ({ en, es: en })
  return {
    id: 'large',
    version: '1',
    title: text('Large'),
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    lists: [],
    body: Array.from({ length: count }, (_, place) => ({
      kind: 'question' as const,
      name: `q${place}`,
      type: 'text' as const,
      label: text(place === 0 ? 'First' : `Number ${place}, after \${q0}`),
      ...(place > 0 && { relevant: `string-length(\${q${Math.max(0, place - 1)}}) >= 0 and \${q0} != 'nothing'` }),
    })),
  }
}

type Loaded = Awaited<ReturnType<typeof load>>
/** As a slice's screen would: the runner, the engine and the form come when a form is opened. */
async function load(lang: LanguageCode) {
  const [runner, paper, every] = await Promise.all([
    import('../FormRunner.tsx'),
    import('../FormPrint.tsx'),
    import('./every-question.ts'),
  ])
  const definition = asked.has('big') ? large(Number(asked.get('big'))) : every.everyQuestion
  const interview = await openInterview(definition, { language: asked.get('person') ?? lang })
  return { ...runner, ...paper, definition, interview }
}

function Page() {
  const [lang] = useState<LanguageCode>(asked.get('lang') === 'es' ? 'es' : 'en')
  const [words, setWords] = useState<Words>()
  const [loaded, setLoaded] = useState<Loaded>()
  const [outcome, setOutcome] = useState<Outcome>()
  useEffect(() => {
    void fetchMessages(lang).then(base => setWords(createWords(lang, base, { timeZone: 'America/Port_of_Spain' })))
    void load(lang).then(found => {
      Object.assign(window, { interview: found.interview satisfies Interview })
      setLoaded(found)
    })
  }, [lang])
  if (!words || !loaded) return null
  const { FormRunner, FormPrint, definition, interview } = loaded
  const mode = asked.get('mode')
  return (
    <WordsProvider words={words}>
      <main id="main" className="page">
        {asked.get('form') === 'print' ? (
          <FormPrint
            definition={definition}
            language={asked.get('person') ?? lang}
            organisation="Labour Inspectorate, Port Aurelia"
          />
        ) : outcome ? (
          <pre data-outcome>{JSON.stringify(outcome)}</pre>
        ) : (
          <FormRunner
            interview={interview}
            mode={mode === 'group' || mode === 'question' ? mode : undefined}
            mediaUrl={asked.has('media') ? file => `/media/${file}` : undefined}
            onFile={file => `kept-${file.size}`}
            onFinish={setOutcome}
            onKeep={() => interview.leave(undefined)}
            onDelete={() => location.reload()}
          />
        )}
      </main>
    </WordsProvider>
  )
}

showTheme((asked.get('theme') as Theme | null) ?? undefined)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
)
