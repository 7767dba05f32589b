export type Theme = 'system' | 'light' | 'dark'

const place = 'samaan.theme'

/** The appearance chosen on this device. Storage may be refused (private windows): then the device decides. */
export function chosenTheme(): Theme {
  try {
    const kept = localStorage.getItem(place)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

/** Shows a theme without keeping it: what a page does first. */
export function showTheme(theme: Theme = chosenTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Shows a theme and keeps it on this device. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme)
  try {
    if (theme === 'system') localStorage.removeItem(place)
    else localStorage.setItem(place, theme)
  } catch {
    // Shown until the page closes, which is all this browser allows.
  }
}
