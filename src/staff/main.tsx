import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { pickLanguage } from '#platform/words/words.ts'
import { showTheme } from '#ui/theme.ts'
import '#ui/ui.css'
import './staff.css'
import { App } from './App.tsx'
import { chosenLanguage } from './language.ts'

showTheme()
// Answers stay in memory: nothing of a case is ever written to the device by this cache.
const queries: QueryClient = new QueryClient({
  // Any answer that the session has ended brings the sign-in page.
  queryCache: new QueryCache({
    onError: (error, query) => {
      if ((error as { status?: number }).status === 401 && query.queryKey[0] !== 'auth.me')
        void queries.invalidateQueries({ queryKey: ['auth.me'] })
    },
  }),
  defaultOptions: { queries: { staleTime: 5000, refetchOnWindowFocus: true } },
})
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App firstLanguage={pickLanguage(navigator.languages.join(','), chosenLanguage())} />
    </QueryClientProvider>
  </StrictMode>,
)
