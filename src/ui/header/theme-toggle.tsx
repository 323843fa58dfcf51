import { useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { applyTheme, onThemeChange, saveTheme, shownTheme } from './theme.ts'

export function ThemeToggle() {
  const theme = useSyncExternalStore(onThemeChange, shownTheme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <Button
      className="icon-button"
      aria-label={`Switch to the ${other} theme`}
      onPress={() => {
        applyTheme(other)
        saveTheme(other)
      }}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </svg>
    </Button>
  )
}
