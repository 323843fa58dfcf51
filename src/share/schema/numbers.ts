import * as v from 'valibot'

/** 0, 1, 2 … */
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const finite = v.pipe(v.number(), v.finite())
/** Finite and not below 0. */
export const positive = v.pipe(finite, v.minValue(0))
