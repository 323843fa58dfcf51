import * as v from 'valibot'

/** Ids of lanes: unlike one another, and fit for an attribute of the page. */
export const LaneIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9-]{1,64}$/, 'it must be 1 to 64 letters, digits and hyphens'),
)

export const LaneNameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
