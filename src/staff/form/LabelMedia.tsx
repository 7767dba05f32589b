import type { ShownMedia } from '#platform/forms/view.ts'
import { useWords } from '#ui/words-context.tsx'
import { mediaPath, useForm } from './form-context.tsx'

/** A picture and a film beside a label; a recording belongs to reading aloud. The label says what they show. */
export function LabelMedia({ media, small }: { media: ShownMedia | null; small?: boolean }) {
  const { t } = useWords()
  const around = useForm()
  const image = mediaPath(media?.image, around)
  const video = mediaPath(media?.video, around)
  return (
    <>
      {image && <img className={small ? 'form-picture-small' : 'form-picture'} src={image} alt="" loading="lazy" />}
      {video && !small && (
        // biome-ignore lint/a11y/useMediaCaption: the film is a country's own and has its captions in it; the label says the same
        <video className="form-picture" src={video} controls preload="none" aria-label={t('form.media.video')} />
      )}
    </>
  )
}
