import type { ReactNode } from 'react'
import type { LanguageCode } from '#platform/words/words.ts'
import { Banner } from '#ui/Banner.tsx'
import { LanguageSwitch } from '#ui/LanguageSwitch.tsx'
import { Mark } from '#ui/Mark.tsx'
import { useDocumentTitle } from '#ui/PageHeader.tsx'
import { ThemeSwitch } from '#ui/ThemeSwitch.tsx'
import { useWords } from '#ui/words-context.tsx'
import './sign-in.css'

/** The page of everybody who is not inside yet: the mark, one title, one thing to do, language and appearance. */
export function Door({
  title,
  lead,
  demonstration,
  beside,
  onLanguage,
  children,
}: {
  title: string
  lead?: ReactNode
  demonstration?: boolean | undefined
  /** A second column where there is room for one; below the first where there is not. */
  beside?: ReactNode
  onLanguage: (lang: LanguageCode) => void
  children: ReactNode
}) {
  const { t } = useWords()
  useDocumentTitle(title)
  return (
    <div className="door">
      {demonstration && <Banner tone="demonstration">{t('staff.demonstration')}</Banner>}
      <header className="door-top">
        <span className="door-name">
          <Mark />
          Samaan
        </span>
        <LanguageSwitch onChange={onLanguage} />
      </header>
      <main id="main" className={beside ? 'door-main door-two' : 'door-main'}>
        <div className="door-card">
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <div className="door-lead">{lead}</div>}
          <div className="door-body">{children}</div>
        </div>
        {beside}
      </main>
      <footer className="door-end">
        <ThemeSwitch />
      </footer>
    </div>
  )
}
