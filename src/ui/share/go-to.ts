/** Goes to a hash as if it had been typed into the address bar, also where it stands there already. */
export function goTo(hash: string): void {
  if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'))
  else location.hash = hash
}
