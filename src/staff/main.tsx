import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { pickLanguage } from '#platform/words/words.ts'
import { showTheme } from '#ui/theme.ts'
import '#ui/ui.css'
import './staff.css'
import { App } from './App.tsx'
import { chosenLanguage } from './language.ts'
import { beginPhone } from './phone/here.ts'

showTheme()
beginPhone()
// Answers stay in memory: nothing of a case is ever written to the device by this cache.
const queries: QueryClient = new QueryClient({
  // Any answer that the session has ended brings the sign-in page.
  queryCache: new QueryCache({
    onError: (error, query) => {
      if ((error as { status?: number }).status === 401 && query.queryKey[0] !== 'auth.me')
        void queries.invalidateQueries({ queryKey: ['auth.me'] })
    },
  }),
  defaultOptions: {
    // What there is without signal is answered too; a browser that says it is offline must not hold it back.
    queries: { staleTime: 5000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App firstLanguage={pickLanguage(navigator.languages.join(','), chosenLanguage())} />
    </QueryClientProvider>
  </StrictMode>,
)
