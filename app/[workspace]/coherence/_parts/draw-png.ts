/** Twice the size on screen: sharp in a slide. */
const SCALE = 2
/** Pixels beyond which browsers refuse a canvas. */
const MOST = 16_000

/** A picture written as SVG, without anything from elsewhere in it, as PNG. */
export async function drawPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const { naturalWidth: width, naturalHeight: height } = image
    const scale = Math.min(SCALE, MOST / width, MOST / height)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.scale(scale, scale)
    pen.drawImage(image, 0, 0)
    return await new Promise((made, failed) =>
      canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error('no picture'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Hands a file to the browser to keep. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by the next turn; the address is needed no more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
