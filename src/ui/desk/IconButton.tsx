import { Button } from 'react-aria-components/Button'
import { Icon, type IconName } from '../Icon.tsx'
import { Tooltip } from './Tooltip.tsx'

/** A button that is only a drawing, named by its tooltip. Nothing that must be read belongs in a tooltip. */
export function IconButton({ name, icon, onPress }: { name: string; icon: IconName; onPress: () => void }) {
  return (
    <Tooltip text={name}>
      <Button className="button button-quiet button-compact button-square" aria-label={name} onPress={onPress}>
        <Icon name={icon} />
      </Button>
    </Tooltip>
  )
}
