/** What the person chose; null follows the system. */
export type Theme = 'light' | 'dark' | null

const KEY = 'diffuscope-theme'

/** Storage may be closed to the page: then the system's theme is taken. */
export function savedTheme(): Theme {
  try {
    const theme = localStorage.getItem(KEY)
    return theme === 'light' || theme === 'dark' ? theme : null
  } catch {
    return null
  }
}

export function saveTheme(theme: Exclude<Theme, null>): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // The choice holds until the page is left.
  }
}

export function applyTheme(theme: Theme): void {
  if (theme === null) delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

/** Tells when the shown theme may have changed: by the system or by the person. */
export function onThemeChange(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  media.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', listener)
  }
}

/** The theme that is shown now. */
export function shownTheme(): Exclude<Theme, null> {
  const chosen = document.documentElement.dataset['theme']
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
