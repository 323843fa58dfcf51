import { expect, test } from 'vitest'
import type { Upstream } from '../../engines/remote/upstream.ts'
import type { Comparison } from '../../share/comparison.ts'
import { recordingOf } from '../testing/page.ts'
import { placesOf, ranElsewhere } from './places-of.ts'

/** A recording whose lanes were computed by a server. */
function remote(...ids: string[]): Comparison {
  const { lanes, ...rest } = recordingOf('p')
  const device = { backend: 'remote', label: 'A server' } as const
  const moved = lanes.map(({ trace, ...lane }) => {
    const header = ids.includes(lane.id) ? { ...trace!.header, device } : trace!.header
    return { ...lane, trace: { ...trace!, header } }
  })
  return { ...rest, lanes: moved }
}

const SERVER = { id: 's', label: 'S', protocol: 'oip', model: 'TEST' } as Upstream

test('a lane runs where its model is offered for what it does, by the lane’s id', () => {
  expect(ranElsewhere(recordingOf('p'))).toBe(false)
  expect(ranElsewhere(remote('diffusion'))).toBe(true)
  expect(placesOf(remote('diffusion'), [SERVER])).toEqual({ places: { diffusion: SERVER }, missing: [] })
  const { places, missing } = placesOf(remote('autoregressive'), [SERVER])
  expect(places).toEqual({})
  expect(missing).toEqual([
    expect.stringMatching(/^The autoregressive lane was computed by Test \(A server\)/),
  ])
})
