import './places.css'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import type { Offer } from '../../engines/remote/gateway.ts'
import { lanesOf, type Upstream } from '../../engines/remote/upstream.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { Choice } from '../controls/choice.tsx'
import { useRecipe, useStores } from '../stores-context.ts'
import { describeCapabilities, describeHealth, describeKind } from './describe-place.ts'
import { TokenForm } from './token-form.tsx'
import { useHealth, useUpstreams } from './use-upstreams.ts'

/** For each lane: this device, or a server or a service of the page's gateway. */
export function PlaceFields() {
  const { data: offer } = useUpstreams()
  const client = useQueryClient()
  const again = () => void client.invalidateQueries({ queryKey: ['upstreams'] })
  switch (offer?.kind) {
    case undefined:
      return <p className="settings-note">Asking what there is…</p>
    case 'none':
      return (
        <p className="settings-note">
          Both lanes run on this device. Servers and services can be chosen where the page comes from a
          gateway.
        </p>
      )
    case 'locked':
      return <TokenForm refused={offer.refused} onToken={again} />
    case 'failed':
      return (
        <div className="places-trouble">
          <p className="settings-note">{offer.message} Both lanes can run on this device.</p>
          <Button className="quiet-button" onPress={again}>
            Ask again
          </Button>
        </div>
      )
    case 'offered':
      return <Offered offer={offer} />
  }
}

function Offered({
  offer: { upstreams, unreadable },
}: {
  readonly offer: Extract<Offer, { kind: 'offered' }>
}) {
  return (
    <>
      {FRESH_LANES.map(({ id, name, decoder }) => (
        <PlaceField
          key={id}
          lane={id}
          name={name}
          upstreams={upstreams.filter((upstream) => lanesOf(upstream).includes(decoder))}
        />
      ))}
      {unreadable > 0 && (
        <p className="settings-note">
          {unreadable} more {unreadable === 1 ? 'is' : 'are'} configured in a way that this page does not
          know.
        </p>
      )}
    </>
  )
}

/** No upstream may have this id: theirs begin with a letter or a digit. */
const HERE = '-'

interface FieldProps {
  /** Id of the lane. */
  readonly lane: string
  readonly name: string
  readonly upstreams: readonly Upstream[]
}

function PlaceField({ lane, name, upstreams }: FieldProps) {
  const { recipe } = useStores()
  const place = useRecipe(({ places }) => places[lane])
  const health = useHealth(upstreams)
  const at = upstreams.findIndex(({ id }) => id === place?.id)
  const chosen = upstreams[at]
  const options = [
    { value: HERE, name: 'This device', hint: 'the model that ships with the page' },
    ...upstreams.map((upstream, index) => ({
      value: upstream.id,
      name: upstream.label,
      hint: `${describeKind(upstream)}: ${describeHealth(health[index])}`,
    })),
  ]
  return (
    <div className="place">
      <Choice
        label={`${name} runs on`}
        options={options}
        value={chosen?.id ?? HERE}
        onChange={(id) =>
          recipe.getState().setPlace(lane, upstreams.find((upstream) => upstream.id === id) ?? null)
        }
      />
      {upstreams.length === 0 && (
        <p className="settings-note">No server or service of this gateway can run this lane.</p>
      )}
      {place !== undefined && chosen === undefined && (
        <p className="settings-note">{place.label} is not offered any more.</p>
      )}
      {chosen !== undefined && (
        <>
          <p className="place-state" data-state={health[at]?.state ?? 'asking'} role="status">
            {describeHealth(health[at])}
          </p>
          <p className="settings-note">{describeCapabilities(chosen, health[at])}</p>
        </>
      )}
    </div>
  )
}
