import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { chatEntry, oipEntry } from '../testing/start-gateway.ts'
import { parseConfiguration, readConfiguration } from './configuration.ts'
import { listUpstreams } from './list-upstreams.ts'

const EXAMPLE = fileURLToPath(new URL('../gateway.example.json', import.meta.url))
const KEY = 'key-of-the-service-0123456789'
const ours = 'http://127.0.0.1:9'

describe('the configuration', () => {
  it('of the example is complete', () => {
    const folder = mkdtempSync(join(tmpdir(), 'diffuscope-'))
    copyFileSync(EXAMPLE, join(folder, 'gateway.json'))
    mkdirSync(join(folder, 'tokenizers'))
    writeFileSync(join(folder, 'tokenizers', 'llada-8b-instruct.json'), '{}')
    const read = readConfiguration(join(folder, 'gateway.json'), {
      MERCURY_API_KEY: KEY,
      DIFFUSCOPE_TOKEN: 'token-of-the-gateway',
    })
    expect(read.upstreams.map(({ id }) => id)).toEqual(['llada', 'mercury', 'sdar'])
    const [llada, mercury] = read.upstreams
    expect(llada).toMatchObject({
      tokenizer: join(folder, 'tokenizers', 'llada-8b-instruct.json'),
      key: null,
    })
    expect(mercury).toMatchObject({ key: KEY })
    expect(read.limits).toMatchObject({ tokens: 4096, bodyBytes: 2 ** 20 })
  })

  it('is read as Windows tools write it, and what is wrong in it can be seen', () => {
    const folder = mkdtempSync(join(tmpdir(), 'diffuscope-'))
    const written = (bytes: Uint8Array | string) => {
      writeFileSync(join(folder, 'gateway.json'), bytes)
      return () => readConfiguration(join(folder, 'gateway.json'), {})
    }
    const text = '\ufeff{ "upstreams": [] }'
    expect(written(text)().upstreams).toEqual([])
    expect(written(Buffer.from(text, 'utf16le'))().upstreams).toEqual([])
    expect(written('{ "upstreams":\u200b [] }')).toThrow(/gateway\.json is not JSON: .*\\u200b/)
    expect(written('{ "upstreams": [] }\0')).toThrow(/is not JSON: /)
  })

  it('may be empty: the page and the reference server', () => {
    expect(parseConfiguration({}, {})).toMatchObject({ token: null, referenceServer: true, upstreams: [] })
  })

  it.each([
    ['an unknown setting', { limit: {} }, /limit: there is no such setting/],
    [
      'an unknown setting of an upstream',
      { upstreams: [{ ...oipEntry([ours]), ulr: 'x' }] },
      /upstreams\.0\.ulr: there is no such setting/,
    ],
    [
      'no model',
      { upstreams: [oipEntry([ours], { model: '' })] },
      /upstreams\.0\.model: this must not be empty/,
    ],
    [
      'another protocol',
      { upstreams: [{ ...oipEntry([ours]), protocol: 'grpc' }] },
      /upstreams\.0\.protocol: this must have the protocol "oip" or "openai"/,
    ],
    ['no address', { upstreams: [oipEntry([])] }, /upstreams\.0\.urls: this must name an address/],
    [
      'another scheme',
      { upstreams: [oipEntry(['file:///etc/passwd'])] },
      /upstreams\.0\.urls\.0: this must be an http or https address/,
    ],
    [
      'a password in an address',
      { upstreams: [oipEntry(['http://a:b@example.org'])] },
      /without a name, a password/,
    ],
    [
      'another dialect',
      { upstreams: [chatEntry(ours, { dialect: 'both' })] },
      /upstreams\.0\.dialect: this must be append, replace or frame, not "both"/,
    ],
    [
      'two of one name',
      { upstreams: [oipEntry([ours]), oipEntry([ours])] },
      /upstreams\.1\.id: "small" is taken/,
    ],
    [
      'the name of the reference server',
      { upstreams: [oipEntry([ours], { id: 'reference' })] },
      /upstreams\.0\.id: "reference" is taken by the reference server/,
    ],
    ['a name with a slash', { upstreams: [oipEntry([ours], { id: 'a/b' })] }, /upstreams\.0\.id: use a to z/],
    [
      'a limit that is none',
      { limits: { tokens: 0.5 } },
      /limits\.tokens: this must be a whole number from 2/,
    ],
    [
      'a key that is not there',
      { upstreams: [chatEntry(ours, { keyEnv: 'NOT_SET' })] },
      /upstreams\.0\.keyEnv: the environment variable NOT_SET is not set/,
    ],
    [
      'a key with a line break',
      { upstreams: [chatEntry(ours, { keyEnv: 'BROKEN' })] },
      /BROKEN must hold at least 8 printable characters/,
    ],
    ['a token that is too short', { tokenEnv: 'SHORT' }, /tokenEnv: SHORT must hold at least 8/],
    [
      'a tokenizer that is not there',
      { upstreams: [oipEntry([ours], { tokenizer: 'no/such.json' })] },
      /upstreams\.0\.tokenizer: there is no file/,
    ],
    ['a list', [], /the file: /],
  ])('is refused with its place and a sentence: %s', (_, value, sentence) => {
    const environment = { BROKEN: 'first-line\nsecond', SHORT: 'short' }
    expect(() => parseConfiguration(value, environment)).toThrow(sentence)
  })

  it('tells all complaints at once', () => {
    expect(() => parseConfiguration({ limits: { tokens: 0 }, hosts: 'all' }, {})).toThrow(
      /limits.*\n.*hosts|hosts.*\n.*limits/,
    )
  })

  it('refuses a file that is not there or no JSON', () => {
    expect(() => readConfiguration('/no/such/file.json', {})).toThrow(/There is no file/)
    const file = join(mkdtempSync(join(tmpdir(), 'diffuscope-')), 'broken.json')
    writeFileSync(file, '{"upstreams": [')
    expect(() => readConfiguration(file, {})).toThrow(/is not JSON/)
  })

  it.each([
    'http://127.0.0.1:8000',
    'http://localhost:8000',
    'http://triton.localhost',
    'http://[::1]:8000',
    'http://[::ffff:10.0.0.1]',
    'http://10.1.2.3',
    'http://172.20.0.1',
    'http://192.168.1.1',
    'http://169.254.169.254/latest',
    'http://[fd00:ec2::254]',
    'http://[fe80::1]',
    'http://100.64.0.1',
    'http://0.0.0.0',
    'http://0x7f.1',
    'http://2130706433',
    'http://[64:ff9b::a00:1]',
    'http://168.63.129.16/metadata',
  ])('refuses %s unless private addresses are allowed', (url) => {
    expect(() => parseConfiguration({ upstreams: [oipEntry([url], { allowPrivate: false })] }, {})).toThrow(
      /upstreams\.0: .* is on a private address/,
    )
    expect(parseConfiguration({ upstreams: [oipEntry([url])] }, {}).upstreams).toHaveLength(1)
  })

  it('takes public ones', () => {
    const urls = ['https://api.inceptionlabs.ai', 'http://8.8.8.8', 'http://[2606:4700::1111]']
    expect(
      parseConfiguration({ upstreams: [oipEntry(urls, { allowPrivate: false })] }, {}).upstreams,
    ).toHaveLength(1)
  })

  it('lists its upstreams without keys and addresses, as the page reads them', () => {
    const { upstreams } = parseConfiguration(
      {
        upstreams: [
          oipEntry([ours, 'http://127.0.0.1:10']),
          chatEntry(ours, {
            keyEnv: 'KEY',
            request: { diffusing: true },
            dialect: 'replace',
            family: 'mercury',
          }),
        ],
      },
      { KEY },
    )
    expect(listUpstreams(upstreams)).toEqual({
      version: 1,
      upstreams: [
        { id: 'small', label: 'Small model', protocol: 'oip', model: 'diffuscope-tiny', replicas: 2 },
        {
          ...{ id: 'chat', label: 'Chat service', protocol: 'openai', dialect: 'replace', model: 'played' },
          ...{ family: 'mercury', request: { diffusing: true } },
        },
      ],
    })
  })
})
