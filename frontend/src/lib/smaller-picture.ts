/** Pixels of the longer side, as the server draws it; bytes that it takes. */
const SIDE = 1280;
const HEAVIEST = 1_500_000;

export class PictureTrouble extends Error {}

function asBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(String(reader.result).split(',')[1] ?? '');
    };
    reader.onerror = () => {
      reject(new PictureTrouble());
    };
    reader.readAsDataURL(blob);
  });
}

async function drawn(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.82);
  });
}

/**
 * A picture of this device, drawn anew and smaller, in base64: neither place nor device goes along. What the browser cannot draw
 * goes as it is, where it is light enough; the server draws every one anew.
 */
export async function smallerPicture(file: Blob): Promise<string> {
  const smaller = await drawn(file).catch(() => null);
  const sent = smaller ?? file;
  if (sent.size > HEAVIEST) throw new PictureTrouble();
  return asBase64(sent);
}
