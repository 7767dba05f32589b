import { useWords } from './words-context.tsx'

/** First link of a page, shown when focused; leads past the navigation to `<main id="main">`. */
export function SkipLink({ target = 'main' }: { target?: string }) {
  const { t } = useWords()
  return (
    <a className="skip-link" href={`#${target}`}>
      {t('ui.skip-link')}
    </a>
  )
}
