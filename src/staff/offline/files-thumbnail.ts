const edge = 240

/**
 * A small JPEG of a picture, drawn anew by the browser: what stood beside the picture is not in it. Undefined for what
 * the browser cannot draw.
 * @returns base64
 */
export async function thumbnailOf(file: Blob): Promise<string | undefined> {
  let bitmap: ImageBitmap
  try {
    // Upright, as the file says; asked small, so that a large picture is not held twice.
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return undefined
  }
  try {
    const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(bitmap.width * scale)),
      Math.max(1, Math.round(bitmap.height * scale)),
    )
    const page = canvas.getContext('2d')
    if (!page) return undefined
    page.fillStyle = '#ffffff'
    page.fillRect(0, 0, canvas.width, canvas.height)
    page.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const small = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 })).arrayBuffer())
    let text = ''
    for (let at = 0; at < small.length; at += 8192) text += String.fromCharCode(...small.subarray(at, at + 8192))
    return btoa(text)
  } finally {
    bitmap.close()
  }
}
