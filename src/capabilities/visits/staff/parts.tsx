export { OwnViewNotice } from './Notice.tsx'
export { OwnViewOfCase } from './OwnView.tsx'
