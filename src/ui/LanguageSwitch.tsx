import { type LanguageCode, languages } from '#platform/words/words.ts'
import { useWords } from './words-context.tsx'

/** Every language by its own name; the one in use is marked. */
export function LanguageSwitch({ onChange }: { onChange: (lang: LanguageCode) => void }) {
  const { t, lang } = useWords()
  return (
    <fieldset className="switch" aria-label={t('ui.language')}>
      {languages.map(language => (
        <button
          key={language.code}
          type="button"
          lang={language.code}
          className="switch-choice"
          aria-pressed={language.code === lang}
          onClick={() => onChange(language.code)}
        >
          {language.name}
        </button>
      ))}
    </fieldset>
  )
}
