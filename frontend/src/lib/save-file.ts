/** Give the reader a file that was fetched, under a name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Give the reader a photo that waits on this device, in base64. */
export function savePhoto(base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  saveFile(new Blob([bytes], { type: 'image/jpeg' }), 'maillage.jpg');
}
