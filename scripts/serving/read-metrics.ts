/** What Triton counted of the bundled model: answered requests, and passes that they took. */
export interface Counted {
  readonly requests: number
  readonly passes: number
}

export async function readMetrics(url: string): Promise<Counted> {
  const text = await (await fetch(url)).text()
  const read = (name: string) => {
    const line = new RegExp(`^${name}\\{model="diffuscope-small",version="1"\\} (\\d+)$`, 'm').exec(text)
    if (line === null) throw new Error(`Triton has no metric ${name}.`)
    return Number(line[1])
  }
  return { requests: read('nv_inference_request_success'), passes: read('nv_inference_exec_count') }
}
