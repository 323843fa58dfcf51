/**
 * The graphics processor on which the open world may be taken unasked, by its name. None where there is only software,
 * where a finger is the main pointer (the memory of phones is small) and where somebody saves data.
 */
export async function gpuForOpenWorld(): Promise<string | null> {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } }
  if (connection?.saveData === true || matchMedia('(pointer: coarse)').matches) return null
  const { chooseDevice } = await import('./choose-device.ts')
  const plan = await chooseDevice('auto', (navigator as Partial<Navigator>).gpu)
  return plan.kind === 'measure' ? plan.adapter : null
}
