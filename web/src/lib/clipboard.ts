/** False where the browser does not allow it: pages over plain HTTP have no clipboard. */
export async function copy_text(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
