/** Every key of the page, in the order in which one needs them. */
const SHORTCUTS = [
  ['Space', 'play and pause'],
  ['← →', 'one moment back, one on'],
  ['Home, End', 'to the beginning, to the end'],
  ['Enter in the prompt', 'run it; Shift with it begins a new line'],
  ['Tab, arrows, Enter', 'to a token, among the tokens, ask why it stands there'],
  ['Esc', 'close what is open'],
  ['n, p', 'next and previous prompt, in presenter mode'],
  ['v', 'show the verdict, in presenter mode'],
  ['?', 'this list'],
] as const

export function ShortcutsList() {
  return (
    <dl className="shortcuts">
      {SHORTCUTS.map(([keys, does]) => (
        <div key={keys}>
          <dt>{keys}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
