import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { INSTALL_SCRIPTS } from './install-scripts.ts'
import { readLockFile } from './lock-file.ts'
import { readAdvisories } from './read-advisories.ts'
import { compareVersions, isInRange } from './versions.ts'

const locked = readLockFile(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))

describe('the lock file', () => {
  it('names a hash for every package', () => {
    expect(locked.filter(({ hasIntegrity }) => !hasIntegrity)).toEqual([])
    expect(locked.length).toBeGreaterThan(100)
  })

  it('has no package that runs a script at install without a reason', () => {
    const running = new Set(locked.filter(({ runsScript }) => runsScript).map(({ name }) => name))
    expect([...running].filter((name) => INSTALL_SCRIPTS[name] === undefined)).toEqual([])
    expect(Object.keys(INSTALL_SCRIPTS).filter((name) => !running.has(name))).toEqual([])
  })
})

describe('versions', () => {
  it('are ordered as semver.org orders them', () => {
    const order = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.2.0',
      '1.10.0',
    ]
    const shuffled = [...order].reverse()
    expect(shuffled.sort(compareVersions)).toEqual(order)
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0)
  })

  it.each([
    ['1.2.3', '>=1.0.0 <1.2.4', true],
    ['1.2.4', '>=1.0.0 <1.2.4', false],
    ['1.2.3', '>= 1.0.0, < 1.2.4', true],
    ['2.0.0', '<1.0.0 || =2.0.0', true],
    ['9.9.9', '*', true],
    ['1.2.3', '<=1.2', false],
  ])('%s in %s: %s', (version, range, holds) => {
    expect(isInRange(version, range)).toBe(holds)
  })

  it('in a range that cannot be read are not passed over', () => {
    expect(() => isInRange('1.0.0', '^1.0.0')).toThrow(/cannot be read/)
  })
})

describe('advisories', () => {
  const osv = (events: object[], more: object = {}) => ({
    ...{ id: 'GHSA-x', summary: 'Bad.' },
    affected: [
      { package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'SEMVER', events }], ...more },
    ],
  })
  const range = [
    { introduced: '1.0.0' },
    { fixed: '1.2.0' },
    { introduced: '2.0.0' },
    { last_affected: '2.3.0' },
  ]
  const affected = (file: unknown) => {
    const [one] = readAdvisories(typeof file === 'string' ? file : JSON.stringify(file))
    return ['0.9.0', '1.1.9', '1.2.0', '2.3.0', '2.3.1'].filter((version) => one!.affects(version))
  }

  it('are read from OSV: one, a list, or one a line', () => {
    for (const file of [
      osv(range),
      [osv(range)],
      `${JSON.stringify(osv(range))}\n${JSON.stringify(osv(range))}\n`,
    ]) {
      expect(affected(file)).toEqual(['1.1.9', '2.3.0'])
    }
    expect(affected(osv([], { versions: ['1.2.0'] }))).toEqual(['1.2.0'])
    expect(readAdvisories(JSON.stringify({ ...osv(range), withdrawn: '2026-01-01' }))).toEqual([])
  })

  it('are read from npm’s own two forms', () => {
    const advisory = {
      id: 1,
      title: 'Bad.',
      url: 'https://a',
      range: '<1.2.0',
      vulnerable_versions: '<1.2.0',
    }
    expect(affected({ left: [advisory] })).toEqual(['0.9.0', '1.1.9'])
    expect(
      affected({ vulnerabilities: { left: { via: [{ ...advisory, name: 'left' }, 'other'] } } }),
    ).toEqual(['0.9.0', '1.1.9'])
  })

  it('are refused in another form, with a sentence', () => {
    expect(() => readAdvisories('{"a":1}')).toThrow(/none of the three forms/)
    expect(() => readAdvisories('<html>')).toThrow(/not JSON/)
  })
})
