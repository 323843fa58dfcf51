import './term-card.css'
import { STRATEGY_NAMES } from '../../core/strategies/strategy-of.ts'
import { strategyPicture } from './strategy-picture.ts'
import { TERMS, type Term, type TermId } from './terms.ts'

const GAP = 6
const CARD_ID = 'term-card'

function line(tag: 'p' | 'h2' | 'a', className: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

/** A strategy whose picture an entry shows. */
function strategyIn(id: TermId) {
  return STRATEGY_NAMES.find((name) => name === id || (id === 'entropy-order' && name === 'entropy'))
}

function cardOf(id: TermId): HTMLElement {
  const { name, plain, exact, source }: Term = TERMS[id]
  const card = document.createElement('section')
  card.id = CARD_ID
  card.className = 'term-card'
  card.setAttribute('role', 'region')
  card.setAttribute('aria-label', `Meaning of ${name}`)
  const link = line('a', 'term-source', source.name) as HTMLAnchorElement
  link.href = source.url
  link.target = '_blank'
  link.rel = 'noreferrer'
  card.append(line('h2', 'term-name', name), line('p', 'term-plain', plain))
  const strategy = id === 'entropy' ? undefined : strategyIn(id)
  if (strategy !== undefined) card.append(strategyPicture(strategy))
  card.append(line('p', 'term-exact', exact), link)
  return card
}

let close: (() => void) | null = null

/**
 * Opens the entry of a word beside it. It closes by Escape, by a tap elsewhere, and unless it stays, when pointer and
 * focus have left word and entry.
 */
export function openTerm(word: HTMLElement, stays: boolean): void {
  const id = word.dataset['term'] as TermId
  if (!(id in TERMS) || !word.isConnected) return
  if (word.getAttribute('aria-describedby') === CARD_ID) return
  close?.()
  const card = cardOf(id)
  document.body.append(card)
  word.setAttribute('aria-describedby', CARD_ID)
  stand(card, word)

  const end = new AbortController()
  const { signal } = end
  close = () => {
    end.abort()
    card.remove()
    word.removeAttribute('aria-describedby')
    close = null
  }
  const isInside = (target: EventTarget | null) =>
    target instanceof Node && (card.contains(target) || word.contains(target))
  const leave = (target: EventTarget | null) => {
    if (!isInside(target)) close?.()
  }
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close?.(), { signal })
  document.addEventListener('pointerdown', ({ target }) => leave(target), { signal })
  document.addEventListener('focusin', ({ target }) => leave(target), { signal })
  if (stays) return
  let going: ReturnType<typeof setTimeout> | undefined
  document.addEventListener(
    'pointerover',
    ({ target }) => {
      clearTimeout(going)
      // Time for the way from the word to its entry.
      if (!isInside(target) && !word.matches(':focus-visible')) going = setTimeout(() => leave(target), 200)
    },
    { signal },
  )
}

/** Under the word where there is room, or else over it, within the page's width. */
function stand(card: HTMLElement, word: HTMLElement): void {
  const { left, top, bottom } = word.getBoundingClientRect()
  const { width, height } = card.getBoundingClientRect()
  const { clientWidth, clientHeight } = document.documentElement
  const under = bottom + GAP + height <= clientHeight || top < height + GAP
  card.style.left = `${scrollX + Math.max(8, Math.min(left, clientWidth - width - 8))}px`
  card.style.top = `${scrollY + (under ? bottom + GAP : top - GAP - height)}px`
}
