import { useState } from 'react'
import { demonstration } from '#platform/auth/contract.ts'
import { type Role, roles } from '#platform/policy/roles.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'
import { deviceName } from './browser.ts'

/** From how many people on a search is offered. */
const many = 9
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The invented people, each one press away. Exists in the demonstration only. */
export function DemonstrationPeople({ onEntered }: { onEntered: () => Promise<void> }) {
  const { t, list } = useWords()
  const people = useAsk(demonstration.accounts, {})
  const signIn = useCommand(demonstration.signIn)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string>()
  // In the order of the work: who meets somebody first, who receives, who decides.
  const place = (one: { roles: readonly Role[] }) => (one.roles[0] ? roles.indexOf(one.roles[0]) : roles.length)
  const all = [...(people.data?.items ?? [])]
    .sort((a, b) => place(a) - place(b) || a.name.localeCompare(b.name))
    .map(one => ({
      ...one,
      work: one.roles.length > 0 ? list(one.roles.map(role => t(`role.${role}`))) : t('sign-in.no-role'),
    }))
  const found = all.filter(one => plain(`${one.name} ${one.work} ${one.organisation}`).includes(plain(search.trim())))
  const enter = (account: string) => {
    if (chosen) return
    setChosen(account)
    const name = deviceName()
    signIn.mutate(
      { body: { account, ...(name ? { deviceName: name } : {}) } },
      { onSuccess: () => onEntered(), onError: () => setChosen(undefined) },
    )
  }
  return (
    <section aria-labelledby="demonstration-people">
      <h2 id="demonstration-people">{t('sign-in.demonstration.title')}</h2>
      <p className="door-lead">{t('sign-in.demonstration.text')}</p>
      {people.isPending && <Loading lines={6} />}
      {people.error && <Problem error={people.error} onRetry={() => void people.refetch()} />}
      {signIn.error && <Problem error={signIn.error} />}
      {all.length >= many && (
        <div className="pick-search">
          <TextField
            name="demonstration-search"
            label={t('sign-in.demonstration.search')}
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={event => setSearch(event.target.value)}
          />
        </div>
      )}
      <ul className="picks">
        {found.map(one => (
          <li key={one.id}>
            <button
              type="button"
              className="pick"
              aria-busy={chosen === one.id || undefined}
              onClick={() => enter(one.id)}
            >
              <span>
                <span className="pick-name">{one.name}</span>
                <span className="pick-note">
                  {one.work}
                  <br />
                  {one.organisation}
                </span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      {people.data && found.length === 0 && <EmptyState title={t('sign-in.demonstration.none')} />}
    </section>
  )
}
