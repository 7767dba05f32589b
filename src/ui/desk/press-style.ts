// react-aria writes a style element for what can be pressed unless one with this id is there. The content policy
// refuses style elements, so the place is taken and desk.css holds the rule.
const id = 'react-aria-pressable-style'

if (!document.getElementById(id)) {
  const taken = document.createElement('meta')
  taken.id = id
  document.head.append(taken)
}
