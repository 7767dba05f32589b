import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'
import { useStrip } from '../strip.ts'
import './desk.css'
import './press-style.ts'

export interface TabView {
  key: string
  title: ReactNode
  content: ReactNode
  disabled?: boolean
}

/** Views of one thing, one at a time. Give `selected` and `onSelect` to keep the choice in the address. */
export function Tabs({
  label,
  views,
  selected,
  onSelect,
}: {
  label: string
  views: readonly TabView[]
  selected?: string
  onSelect?: (key: string) => void
}) {
  const strip = useStrip<HTMLDivElement>('[aria-selected="true"]', selected)
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={key => onSelect?.(String(key))}>
      <TabList ref={strip} className="tab-list" aria-label={label}>
        {views.map(view => (
          <Tab key={view.key} id={view.key} isDisabled={view.disabled} className="tab">
            {view.title}
          </Tab>
        ))}
      </TabList>
      {views.map(view => (
        <TabPanel key={view.key} id={view.key} className="tab-panel">
          {view.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
