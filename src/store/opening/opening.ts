import { createStore, type StoreApi } from 'zustand/vanilla'
import { isBusy } from '../activity.ts'
import { runIdOf } from '../at-rest.ts'
import type { SavedState } from '../kept/saved-runs.ts'
import { addressOfRun } from './address.ts'
import type { Opening } from './asked-for.ts'
import { find } from './find.ts'
import { show, type Shown } from './show.ts'
import type { Sources } from './sources.ts'

/** `overtaken`: something else was asked for, or a run began, before it was there. */
type Outcome = 'shown' | 'failed' | 'overtaken'

/** How something is opened. */
interface Manner {
  /** Whether what the person has written and chosen stays: the page was only loaded anew. */
  readonly keepsRecipe?: boolean
  /**
   * In place of something that is not there: the address goes on naming that, so that a reload tries again, or is
   * replaced where that cannot help.
   */
  readonly instead?: 'kept' | 'replaced'
  /** Said with it. */
  readonly note?: string
}

export interface OpeningState {
  /** The hash that names what is shown; empty for the recording that the page opens with. */
  readonly address: string
  /** Whether the address takes its predecessor's place in the history. */
  readonly replaces: boolean
  /** Whether nothing is shown because the recordings could not be fetched. */
  readonly failed: boolean
  /** Shows something, or says why it cannot be shown. What is asked for last wins, and a run that is begun meanwhile. */
  open(opening: Opening, manner?: Manner): Promise<Outcome>
  /** Shows the sender's run of a link, or the run of its recipe here, on the same steps. */
  view(which: 'sender' | 'here'): void
}

interface Parts extends Shown {
  readonly saved: StoreApi<SavedState>
}

/**
 * Decides what is shown: everything that is opened goes through here, whatever it is and wherever it comes from.
 *
 * @param address the hash that the page was loaded with, which is still to be opened
 */
export function createOpeningStore(parts: Parts, sources: Sources, address: string): StoreApi<OpeningState> {
  const { run, playback, opened, notices, recipe, saved } = parts
  let newest = 0
  const store = createStore<OpeningState>()((set, get) => {
    const name = (address: string, replaces: boolean) => {
      if (address !== get().address) set({ address, replaces })
    }

    /** Looks what is shown already: a link beside the run of its recipe. */
    const isBeside = (opening: Opening) => {
      const { opened: link, live } = opened.getState()
      if (opening.kind === 'link' && live !== null && opening.hash === link?.hash) return 'sender'
      return opening.kind === 'own' && opening.id === runIdOf(live) ? 'here' : null
    }

    const view = (which: 'sender' | 'here', replaces: boolean) => {
      // A run that is going ends first: its last state would be taken for something new.
      run.getState().stop()
      const { opened: link, live } = opened.getState()
      if (link === null || live === null) return
      const wanted = which === 'here' ? live : link.comparison
      name(which === 'here' ? addressOfRun(live.recordedAt ?? '') : link.hash, replaces)
      if (wanted === run.getState().shown) return
      const { timeline, at } = playback.getState()
      run.getState().open(wanted)
      playback.getState().goToSteps(timeline.moments[at]?.steps ?? [])
    }

    /** What was asked for is not there: a sentence, and the first recording below it where there is nothing else. */
    const complain = async (opening: Opening, complaint: string, manner: Manner): Promise<Outcome> => {
      const isEmpty = run.getState().shown === null
      if (opening.kind === 'default') {
        set({ failed: isEmpty })
        return 'failed'
      }
      const standIn: Manner = {
        keepsRecipe: manner.keepsRecipe ?? false,
        instead: opening.kind === 'own' ? 'replaced' : 'kept',
      }
      if (isEmpty && (await open({ kind: 'default' }, standIn)) === 'overtaken') return 'overtaken'
      notices.getState().tell(complaint)
      return 'failed'
    }

    const open = async (opening: Opening, manner: Manner = {}): Promise<Outcome> => {
      const turn = ++newest
      const promptBefore = recipe.getState().prompt
      notices.getState().tell(null)
      const beside = isBeside(opening)
      if (beside !== null) {
        view(beside, false)
        return 'shown'
      }
      const found = await find(opening, sources, saved.getState())
      if (turn !== newest) return 'overtaken'
      if ('complaint' in found) return complain(opening, found.complaint, manner)
      run.getState().stop()
      if (manner.instead !== 'kept') name(found.address, manner.instead === 'replaced')
      set({ failed: false })
      // What somebody types while it is awaited stays.
      const { prompt } = recipe.getState()
      const isFree = prompt === '' || (prompt === promptBefore && opening.kind !== 'default')
      const fillsIn = isFree && !(manner.keepsRecipe && prompt !== '')
      const moves = (opening.kind === 'default' || opening.kind === 'recording') && !sources.isStill()
      show(parts, found, { fillsIn, moves })
      const notes = manner.note === undefined ? found.notes : [manner.note, ...found.notes]
      if (notes.length > 0) notices.getState().tell(notes.join(' '))
      return 'shown'
    }

    return { address, replaces: false, failed: false, open, view: (which) => view(which, true) }
  })

  run.subscribe(({ shown, activity }, before) => {
    if (isBusy(activity) && !isBusy(before.activity)) newest++
    if (shown === before.shown) return
    const id = runIdOf(shown)
    if (id !== null && addressOfRun(id) !== store.getState().address) {
      store.setState({ address: addressOfRun(id), replaces: false })
    }
  })
  return store
}
