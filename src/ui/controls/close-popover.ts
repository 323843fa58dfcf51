import { createContext } from 'react'

/** Closes the small dialog around; outside of one, nothing. */
export const ClosePopover = createContext(() => {})
