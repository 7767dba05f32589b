import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { auth } from '#platform/auth/contract.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { Loading } from '#ui/Loading.tsx'
import { WordsProvider } from '#ui/words-context.tsx'
import { call, useAsk, useCommand } from './api.ts'
import { chosenLanguage, keepLanguage } from './language.ts'
import { leaveTo, unbar, usePhone, whenLocked, whenNews } from './phone/here.ts'
import { SignedIn } from './SignedIn.tsx'
import { deskRoles, sessionOf } from './session.ts'
import { restWanted, withRest, wordsIn } from './words.ts'

const SignIn = lazy(() => import('./sign-in/SignIn.tsx'))
const Invitation = lazy(withRest(() => import('./sign-in/Invitation.tsx')))
const ChooseRole = lazy(() => import('./sign-in/ChooseRole.tsx'))
const Locked = lazy(withRest(() => import('./phone/Locked.tsx')))

/** The whole app: words first, then who is signed in, then their screens. */
export function App({ firstLanguage }: { firstLanguage: LanguageCode }) {
  const [chosen, setLang] = useState<LanguageCode | undefined>(chosenLanguage() ? firstLanguage : undefined)
  const phone = usePhone()
  const closed = phone.state === 'opening' || phone.state === 'locked' || phone.barred === true
  useBar(phone.barred === true)
  const answer = useAsk(auth.me, {}, { enabled: !closed })
  // What was known of somebody goes when their session does.
  const me = (answer.error as { status?: number } | null)?.status === 401 ? undefined : answer.data
  useEffect(() => leaveTo(me), [me])
  const country = useAsk(directory.country, {}, { enabled: me !== undefined, staleTime: 600_000 })
  // A choice on this device comes first, then the person's own, then the browser's.
  const lang = chosen ?? me?.language ?? firstLanguage
  const change = useCommand(auth.changeLanguage)
  const changeLanguage = (next: LanguageCode) => {
    setLang(next)
    keepLanguage(next)
    if (me) change.mutate({ body: { language: next } })
  }
  const session = me ? sessionOf(me, changeLanguage) : undefined
  const desk = session !== undefined && deskRoles.has(session.role)
  const queries = useQueryClient()
  useEffect(() => {
    whenLocked(() => queries.clear())
    whenNews(() => void queries.invalidateQueries())
  }, [queries])
  // The build finds the words of the first pages by reading their code; what it could not see comes a moment later.
  const fetchRest = () => {
    if (!restWanted()) void wordsIn(lang, 'rest').then(() => queries.invalidateQueries({ queryKey: ['words'] }))
  }
  const words = useQuery({
    queryKey: ['words', lang, desk, country.data?.timeZone],
    queryFn: async () => {
      const messages = desk
        ? (await Promise.all([wordsIn(lang, 'rest'), wordsIn(lang, 'desk')]))[0]
        : await wordsIn(lang, 'first')
      return createWords(lang, messages, { strict: false, timeZone: country.data?.timeZone, missing: fetchRest })
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: kept => kept,
  })
  if (!words.data) return null
  const page = () => {
    if (phone.state === 'locked') return <Locked onLanguage={changeLanguage} />
    if (phone.barred) return <SignIn onLanguage={changeLanguage} />
    if (location.pathname === '/invitation') return <Invitation onLanguage={changeLanguage} />
    if (closed || answer.isPending) return <Waiting />
    if (phone.signedOut && phone.signingIn) return <SignIn onLanguage={changeLanguage} />
    if (!me) return <SignIn onLanguage={changeLanguage} />
    if (!session) return <ChooseRole me={me} onLanguage={changeLanguage} />
    if (country.isPending) return <Waiting />
    return <SignedIn session={session} demonstration={me.demonstration || country.data?.demonstration === true} />
  }
  return (
    <WordsProvider words={words.data}>
      <Suspense fallback={<Waiting />}>{page()}</Suspense>
    </WordsProvider>
  )
}

/** Signs out whoever was signed in when a phone's lock was broken open, as soon as the server can be told. */
function useBar(barred: boolean) {
  const queries = useQueryClient()
  useEffect(() => {
    if (!barred) return
    const tell = () =>
      call(auth.signOut, {})
        .catch(error => {
          if ((error as { status?: number }).status !== 401) throw error
        })
        .then(() => {
          queries.clear()
          unbar()
        })
        .catch(() => undefined)
    void tell()
    const again = setInterval(tell, 10_000)
    return () => clearInterval(again)
  }, [barred, queries])
}

const Waiting = () => (
  <main id="main" className="page">
    <Loading />
  </main>
)
