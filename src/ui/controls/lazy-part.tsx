import { lazy, Suspense, type ComponentType, type JSX } from 'react'
import { PART_MISSING } from '../part-missing.ts'

function Missing() {
  return <p role="alert">{PART_MISSING}</p>
}

/** A part of the page that takes properties, whose code is fetched when it is first drawn; what it waits as is nothing. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  const Part = lazy<ComponentType<Props>>(() =>
    load().then(
      (Loaded) => ({ default: Loaded }),
      () => ({ default: Missing }),
    ),
  )
  // A lazy component's own properties are those of what it loads.
  const Drawn = Part as unknown as ComponentType<Props>
  return function Fetched(props: Props) {
    return (
      <Suspense fallback={null}>
        <Drawn {...props} />
      </Suspense>
    )
  }
}
