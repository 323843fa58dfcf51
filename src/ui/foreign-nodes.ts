/** Elements that stand where React put a text node, by that node. */
const standIns = new WeakMap<Node, Element>()

/**
 * Lets the page go on where somebody else changes its elements. Page translators put elements in the place of text
 * nodes; React then removes, or inserts before, a node that is not there any more, and the whole page goes down
 * (github.com/facebook/react/issues/11538). Here what stands for a text goes when its text goes, and changes when
 * it changes: a number that is not kept up would be a wrong number.
 */
export function bearForeignNodes(): void {
  const { removeChild, insertBefore } = Node.prototype
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T
    standIns.get(child)?.remove()
    return child
  }
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    if (before === null || before.parentNode === this) return insertBefore.call(this, node, before) as T
    const standIn = standIns.get(before)
    return insertBefore.call(this, node, standIn?.parentNode === this ? standIn : null) as T
  }
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === 'characterData') follow(record.target as Text)
      else for (const text of swapped(record)) observer.observe(text, { characterData: true })
    }
  })
  observer.observe(document.documentElement, { childList: true, subtree: true })
}

/** A text that React changed out of sight is changed in sight. */
function follow(text: Text): void {
  const standIn = standIns.get(text)
  if (standIn !== undefined && standIn.textContent !== text.data) standIn.textContent = text.data
}

/** Text nodes that a change took away and put an element in the place of; which one is noted. */
function swapped({ removedNodes, addedNodes, previousSibling, nextSibling }: MutationRecord): Text[] {
  return [...removedNodes].flatMap((removed) => {
    if (!(removed instanceof Text)) return []
    // Some put their element beside the text first, and take the text away then.
    const beside = [previousSibling, nextSibling].filter((one) => one?.nodeName === 'FONT')
    const standIn = [...addedNodes, ...beside].find((one) => one instanceof HTMLElement)
    if (standIn === undefined) return []
    standIns.set(removed, standIn)
    return [removed]
  })
}
