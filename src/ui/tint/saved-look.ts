import { TINTS, USUAL_LOOK, VIEWS, type Look } from '../../store/view.ts'

const KEY = 'diffuscope-look'

function named<Name extends string>(names: readonly Name[], value: unknown): Name | null {
  return names.find((name) => name === value) ?? null
}

/** Of what somebody else wrote, all that is a look. */
function lookOf(view: unknown, tint: unknown, otherwise: Look): Look {
  return { view: named(VIEWS, view) ?? otherwise.view, tint: named(TINTS, tint) ?? otherwise.tint }
}

/** Storage may be closed to the page: then the usual look is taken. */
function savedLook(): Look {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const { view, tint } = Object(saved) as Record<string, unknown>
    return lookOf(view, tint, USUAL_LOOK)
  } catch {
    return USUAL_LOOK
  }
}

/**
 * The look that a page begins with: what its address says, and else what was chosen last on this device.
 *
 * @param search of the address: `?view=cells&tint=order`
 * @param remembers whether what was chosen here counts: not for a player in another page
 */
export function firstLook(search: string, remembers: boolean): Look {
  const query = new URLSearchParams(search)
  return lookOf(query.get('view'), query.get('tint'), remembers ? savedLook() : USUAL_LOOK)
}

/** Remembers what was chosen. */
export function saveLook({ view, tint }: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ view, tint }))
  } catch {
    // The choice holds until the page is left.
  }
}

/** A look as a part of an address; empty where it is the usual one. */
export function searchOf({ view, tint }: Look): string {
  const query = new URLSearchParams()
  if (view !== USUAL_LOOK.view) query.set('view', view)
  if (tint !== USUAL_LOOK.tint) query.set('tint', tint)
  const search = query.toString()
  return search === '' ? '' : `?${search}`
}
