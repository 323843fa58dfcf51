import { leaderOf } from '../../share/comparison.ts'
import type { Stores } from '../../store/stores.ts'
import type { Tint } from '../../store/view.ts'

/** All that can be done with what is shown, by keys, captions and lessons alike. */
export type Command =
  | { readonly do: 'toggle' }
  | { readonly do: 'step'; readonly by: number }
  /** Stands still where the lane that leads has done this share of its steps; at 1, where all have ended. */
  | { readonly do: 'stand'; readonly share: number }
  | { readonly do: 'tint'; readonly tint: Tint }
  /** Asks why the token that the leading lane has just committed stands where it stands. */
  | { readonly do: 'ask' }
  | { readonly do: 'ask nothing' }

/** Does it. */
export function perform({ playback, view, inspection, run }: Stores, command: Command): void {
  switch (command.do) {
    case 'toggle':
      return playback.getState().toggle()
    case 'step':
      return playback.getState().stepBy(command.by)
    case 'stand': {
      const { pause, goToSteps } = playback.getState()
      const { lanes = [], leader } = run.getState().shown ?? {}
      pause()
      return goToSteps(
        lanes.map(({ id, trace }) =>
          command.share === 1
            ? Infinity
            : id === leader
              ? Math.ceil(command.share * (trace?.steps.length ?? 0))
              : null,
        ),
      )
    }
    case 'tint':
      return view.getState().setTint(command.tint)
    case 'ask nothing':
      return inspection.getState().clear()
    case 'ask': {
      const { shown } = run.getState()
      const leader = leaderOf(shown)
      const { timeline, at } = playback.getState()
      const step = timeline.moments[at]?.steps[shown?.lanes.indexOf(leader!) ?? 0] ?? 0
      const position = leader?.trace?.steps[step - 1]?.commits[0]?.position
      if (leader !== null && position !== undefined) {
        inspection.setState({ pinned: { lane: leader.id, position }, pointed: null })
      }
    }
  }
}
