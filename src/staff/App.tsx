import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { Loading } from '#ui/Loading.tsx'
import { fetchMessages, WordsProvider } from '#ui/words-context.tsx'
import { useAsk, useCommand } from './api.ts'
import { keepLanguage } from './language.ts'
import { SignedIn } from './SignedIn.tsx'
import { deskRoles, sessionOf } from './session.ts'

const SignIn = lazy(() => import('./sign-in/SignIn.tsx'))
const Invitation = lazy(() => import('./sign-in/Invitation.tsx'))
const ChooseRole = lazy(() => import('./sign-in/ChooseRole.tsx'))

/** The whole app: words first, then who is signed in, then their screens. */
export function App({ firstLanguage }: { firstLanguage: LanguageCode }) {
  const [lang, setLang] = useState(firstLanguage)
  const me = useAsk(auth.me, {})
  const change = useCommand(auth.changeLanguage)
  const changeLanguage = (next: LanguageCode) => {
    setLang(next)
    keepLanguage(next)
    if (me.data) change.mutate({ body: { language: next } })
  }
  const session = me.data ? sessionOf(me.data, changeLanguage) : undefined
  const desk = session !== undefined && deskRoles.has(session.role)
  const words = useQuery({
    queryKey: ['words', lang, desk],
    queryFn: async () => {
      const [base, more] = await Promise.all([fetchMessages(lang), desk ? fetchMessages(lang, 'desk') : {}])
      return createWords(lang, { ...base, ...more }, { strict: false })
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: kept => kept,
  })
  if (!words.data) return null
  const page = () => {
    if (location.pathname === '/invitation') return <Invitation onLanguage={changeLanguage} />
    if (me.isPending) return <Loading />
    if (!me.data) return <SignIn onLanguage={changeLanguage} />
    if (!session) return <ChooseRole me={me.data} onLanguage={changeLanguage} />
    return <SignedIn session={session} />
  }
  return (
    <WordsProvider words={words.data}>
      <Suspense fallback={<Loading />}>{page()}</Suspense>
    </WordsProvider>
  )
}
