import { useState } from 'react'
import { chooseTheme, chosenTheme, type Theme } from './theme.ts'
import { useWords } from './words-context.tsx'

const themes: readonly Theme[] = ['system', 'light', 'dark']

/** Light, dark, or as the device says; kept on this device. */
export function ThemeSwitch() {
  const { t } = useWords()
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <label className="theme-switch">
      <span>{t('ui.theme')}</span>
      <select
        className="input input-select"
        value={theme}
        onChange={event => {
          const chosen = event.target.value as Theme
          setTheme(chosen)
          chooseTheme(chosen)
        }}
      >
        {themes.map(choice => (
          <option key={choice} value={choice}>
            {t(`ui.theme.${choice}`)}
          </option>
        ))}
      </select>
    </label>
  )
}
