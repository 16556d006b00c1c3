import type { ExportFileRow } from '../store/exports';

/**
 * An XMP sidecar that names a photo's group, flat (`dc:subject`) and as a path (`lr:hierarchicalSubject`): what Lightroom, digiKam, darktable
 * and photo servers read.
 *
 * @param path The group's folder, its parts from the outermost on.
 */
export function keywordSidecar(path: readonly string[]): string {
  const flat = path.map((part) => `<rdf:li>${escapeXml(part)}</rdf:li>`).join('');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/">
   <dc:subject><rdf:Bag>${flat}</rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Bag><rdf:li>${escapeXml(path.join('|'))}</rdf:li></rdf:Bag></lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}

function escapeXml(text: string): string {
  const entityBySign: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => entityBySign[sign] ?? sign);
}

/** Name of the manifest, at the top of the destination. */
export const MANIFEST_NAME = 'kindred-manifest.json';

/** What came from where, without dates: the same export gives the same text. */
export function manifestContent(files: readonly ExportFileRow[]): string {
  const lines = files
    .filter(({ kind }) => kind === 'photo')
    .map(({ target, path, contentHash }) => {
      const group = target.split('/')[0] ?? '';
      return `  ${JSON.stringify({ file: target, group, original: path, sha256: contentHash })}`;
    });
  return `{"format": "kindred-manifest", "version": 1, "files": [\n${lines.join(',\n')}\n]}\n`;
}
