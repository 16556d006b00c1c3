/**
 * @file The sentences of the host in German, by what they are in English. The host writes English: into the log, the journal and for
 * scripts. `{photos}` stands for a number of photos, `{group}` for a group by its name or "an unnamed group", every other word in
 * braces for any text. `{group.dative}` on the German side is the form after „aus“ and „mit“.
 */
export const hostDe: Readonly<Record<string, string>> = {
  // What the person did: activity, undo and redo.
  'Moved {photos} to {group}': '{photos} in {group} verschoben',
  'Removed {photos} from {group}': '{photos} aus {group.dative} genommen',
  'Removed {photos} from their groups': '{photos} aus ihren Gruppen genommen',
  'Confirmed {photos} in {group}': '{photos} in {group.dative} bestätigt',
  'Confirmed {photos} in their groups': '{photos} in ihren Gruppen bestätigt',
  'Chose a cover for {group}': 'Titelbild für {group} gewählt',
  'Named a group “{name}”': 'Eine Gruppe „{name}“ genannt',
  'Renamed {group} to “{name}”': '{group} in „{name}“ umbenannt',
  'Made “{name}” from {photos}': '„{name}“ aus {photos} gebildet',
  'Merged {source.group} into {group}': '{source.group} mit {group.dative} zusammengeführt',
  'Split {group} into {count}': '{group} in {count} aufgeteilt',
  'Put {photos} of {group} back': '{photos} aus {group.dative} zurückgelegt',
  'Said that {photos} are different': 'Gesagt, dass {photos} verschieden sind',
  'Said that {photos} belong together': 'Gesagt, dass {photos} zusammengehören',
  'Hid {group}': '{group} ausgeblendet',
  'Showed {group}': '{group} wieder gezeigt',
  'Pinned {group}': '{group} vorne angeheftet',
  'Unpinned {group}': '{group} nicht mehr angeheftet',
  'Let {photos} follow your corrections': '{photos} deinen Korrekturen folgen lassen',
  'Kept what the newest run changed': 'Behalten, was der neueste Lauf geändert hat',
  'Went back to the newest run': 'Zurück zum neuesten Lauf',
  'Went back to the groups of {day}': 'Zurück zu den Gruppen vom {day}',
  'Changed the detail to 1 group': 'Auf 1 Gruppe eingestellt',
  'Changed the detail to {count} groups': 'Auf {count} Gruppen eingestellt',
  'Took back: {sentence}': 'Zurückgenommen: {sentence}',
  'Answered “yes”: {sentence}': 'Mit „Ja“ geantwortet: {sentence}',
  'Answered “no”: {sentence}': 'Mit „Nein“ geantwortet: {sentence}',
  'Answered “yes”': 'Mit „Ja“ geantwortet',
  'Answered “no”': 'Mit „Nein“ geantwortet',
  'Answered “not sure”': 'Mit „Nicht sicher“ geantwortet',
  'one group': 'eine Gruppe',
  'no group made': 'keine Gruppe gebildet',
  'two groups stay two': 'zwei Gruppen bleiben zwei',
  'Imported the names of {photos}': 'Namen von {photos} übernommen',
  'merged {photos} into another group': '{photos} mit einer anderen Gruppe zusammengeführt',
  'made a group of {photos}': 'eine Gruppe aus {photos} gebildet',
  '{photos} became a group of their own': '{photos} in einer eigenen Gruppe',
  '{photos} confirmed': '{photos} bestätigt',
  '{photos} taken out of a group': '{photos} aus einer Gruppe genommen',

  // Why an edit cannot be taken back by itself.
  'The group was changed again since.': 'Die Gruppe wurde seitdem noch einmal geändert.',
  'Some of its photos were moved again since.': 'Einige der Fotos wurden seitdem noch einmal verschoben.',
  'Something else was said of these photos since.': 'Über diese Fotos wurde seitdem etwas anderes gesagt.',
  'Another choice was made since.': 'Seitdem wurde etwas anderes gewählt.',
  'The question was answered again since.': 'Die Frage wurde seitdem noch einmal beantwortet.',
  'The detail was changed again since.': 'Die Anzahl der Gruppen wurde seitdem noch einmal geändert.',
  'Something you did later builds on it. Undo that first.':
    'Etwas, das du später getan hast, baut darauf auf. Mach erst das rückgängig.',
  'It is undone already.': 'Das ist schon rückgängig gemacht.',

  // Editing.
  'A group cannot be merged with itself.': 'Eine Gruppe kann nicht mit sich selbst zusammengeführt werden.',
  'A group needs two photos or more to be split.': 'Zum Aufteilen braucht eine Gruppe mindestens zwei Fotos.',
  'A photo can be in one part only.': 'Ein Foto kann nur in einem Teil sein.',
  'A photo to split around is not in this group any more.':
    'Ein Foto, um das herum aufgeteilt werden soll, ist nicht mehr in dieser Gruppe.',
  'Another run is shown by now.': 'Inzwischen wird ein anderer Lauf gezeigt.',
  'Corrections cannot teach here.': 'Korrekturen können hier nichts lehren.',
  'Groups cannot be split here.': 'Gruppen können hier nicht aufgeteilt werden.',
  'Kindred has not looked at these photos yet. Let it finish first.':
    'Kindred hat diese Fotos noch nicht angesehen. Lass es erst fertig werden.',
  'No run has made groups yet.': 'Noch kein Lauf hat Gruppen gebildet.',
  'That group is not there any more.': 'Diese Gruppe gibt es nicht mehr.',
  'That {what} is not there any more.': 'Das gibt es nicht mehr.',
  'The cover has to be a photo of the group.': 'Das Titelbild muss ein Foto der Gruppe sein.',
  'The group has changed. Look at the parts once more.':
    'Die Gruppe hat sich geändert. Sieh dir die Teile noch einmal an.',
  'The groups of that run are not kept any more.': 'Die Gruppen dieses Laufs sind nicht mehr aufgehoben.',
  'The groups of that run are shown already.': 'Die Gruppen dieses Laufs werden schon gezeigt.',
  'The photos of this group are all alike: there is nothing to split.':
    'Die Fotos dieser Gruppe sind alle gleich: Es gibt nichts aufzuteilen.',
  'There is already a group {group}. Merge the two instead.':
    'Es gibt schon eine Gruppe {group}. Führe die beiden stattdessen zusammen.',
  'There is no tree of groups yet: a run makes one.': 'Es gibt noch keinen Baum der Gruppen: Ein Lauf macht ihn.',
  'There is nothing to put back in this group.': 'In dieser Gruppe ist nichts zurückzulegen.',
  'These photos would not move any more: something changed since.':
    'Diese Fotos würden nicht mehr verschoben: Seitdem hat sich etwas geändert.',
  'This needs two different photos or more.': 'Dafür braucht es mindestens zwei verschiedene Fotos.',
  'Two parts cannot have the same name.': 'Zwei Teile können nicht denselben Namen haben.',

  // Libraries, folders and runs.
  'A run is under way already.': 'Es läuft schon ein Lauf.',
  'Another Kindred is learning from this library right now.': 'Ein anderes Kindred lernt gerade aus dieser Bibliothek.',
  'Cancelled.': 'Abgebrochen.',
  'Choose a folder first.': 'Wähle zuerst einen Ordner.',
  'Kindred had to restart a part of itself. Please try that again.':
    'Kindred musste einen Teil von sich neu starten. Bitte versuche das noch einmal.',
  'Kindred is still learning from this library.': 'Kindred lernt noch aus dieser Bibliothek.',
  'No photo of this folder was read yet.': 'Aus diesem Ordner wurde noch kein Foto gelesen.',
  'None of these files is waiting to be retried.': 'Keine dieser Dateien wartet auf einen neuen Versuch.',
  'Of {count} photos looked for in “{path}”, none {verb} there. Choose the folder that holds the same photos.':
    'Von {count} Fotos, die in „{path}“ gesucht wurden, ist keines da. Wähle den Ordner mit denselben Fotos.',
  'Of {count} photos looked for in “{path}”, only {same} {verb} there. Choose the folder that holds the same photos.':
    'Von {count} Fotos, die in „{path}“ gesucht wurden, sind nur {same} da. Wähle den Ordner mit denselben Fotos.',
  'That library is not there any more.': 'Diese Bibliothek gibt es nicht mehr.',
  'The connection was lost.': 'Die Verbindung ist abgerissen.',
  'The disk that Kindred keeps its library on is full. Nothing is lost: make room there and start again.':
    'Der Datenträger, auf dem Kindred seine Bibliothek hält, ist voll. Nichts ist verloren: Schaffe dort Platz und fang noch einmal an.',
  'The folder {path} went away while its photos were read. What was read is kept.':
    'Der Ordner {path} verschwand, während seine Fotos gelesen wurden. Was gelesen wurde, bleibt.',
  'The folder {path} is empty now; its photos stay as they are.':
    'Der Ordner {path} ist jetzt leer; seine Fotos bleiben, wie sie sind.',
  'The folder {path} is not there now; its photos stay as they are.':
    'Der Ordner {path} ist jetzt nicht da; seine Fotos bleiben, wie sie sind.',
  'The library was closed.': 'Die Bibliothek wurde geschlossen.',
  'There is no file manager to open here.': 'Hier gibt es keinen Dateimanager zu öffnen.',
  'There is no file {file}.': 'Es gibt keine Datei {file}.',
  'There is no folder dialog here.': 'Hier gibt es keinen Dialog für Ordner.',
  'There is no folder “{path}”.': 'Es gibt keinen Ordner „{path}“.',
  'This library was made by a newer Kindred (its version is {version}, this program knows {known}). Update Kindred to open it.':
    'Diese Bibliothek stammt von einem neueren Kindred (ihre Version ist {version}, dieses Programm kennt {known}). Aktualisiere Kindred, um sie zu öffnen.',
  'The library could not be read: the memory ran out, or the library is damaged. Close other programs and try again; “kindred repair” looks for damage.':
    'Die Bibliothek konnte nicht gelesen werden: Der Speicher reichte nicht, oder die Bibliothek ist beschädigt. Schließe andere Programme und versuche es noch einmal; „kindred repair“ sucht nach Schäden.',
  'The database of the library in “{folder}” is gone, but the safety copies of names and corrections are there. “kindred repair” makes the library anew from them. To begin without them, move the folder “safety” away.':
    'Die Datenbank der Bibliothek in „{folder}“ ist weg, aber die Sicherheitskopien von Namen und Korrekturen sind da. „kindred repair“ stellt die Bibliothek daraus wieder her. Um ohne sie anzufangen, verschiebe den Ordner „safety“.',
  '{file} is not a Kindred library, or it is damaged.':
    '{file} ist keine Bibliothek von Kindred, oder sie ist beschädigt.',
  '“{path}” and the folder “{other}” of this library overlap.':
    '„{path}“ und der Ordner „{other}“ dieser Bibliothek überschneiden sich.',
  '“{path}” is not a whole path. Type one that starts at the top, such as {example}.':
    '„{path}“ ist kein ganzer Pfad. Gib einen ein, der ganz oben beginnt, etwa {example}.',
  '“{path}” is not a folder.': '„{path}“ ist kein Ordner.',
  '“{path}” cannot be read.': '„{path}“ kann nicht gelesen werden.',
  'One file holds another picture than before: it counts as a new photo.':
    'Eine Datei enthält ein anderes Bild als vorher: Sie zählt als neues Foto.',
  '{count} files hold other pictures than before: they count as new photos.':
    '{count} Dateien enthalten andere Bilder als vorher: Sie zählen als neue Fotos.',

  'The file of this photo is not there now. It was moved or deleted, or its drive is not connected.':
    'Die Datei dieses Fotos ist gerade nicht da. Sie wurde verschoben oder gelöscht, oder ihr Laufwerk ist nicht verbunden.',
  'Only the window can do this. Open Kindred there.': 'Das kann nur das Fenster. Öffne Kindred dort.',

  // Networks.
  'The network "{id}" does not give {width} numbers a picture.': 'Das Netz „{id}“ gibt keine {width} Zahlen je Bild.',
  'There is no trunk “{id}”. kindred doctor lists those that are there.':
    'Es gibt kein Netz „{id}“. kindred doctor nennt die vorhandenen.',
  'There is no trunk “{id}”.': 'Es gibt kein Netz „{id}“.',
  '{file} is missing, or does not describe a network.': '{file} fehlt oder beschreibt kein Netz.',

  // Exports.
  'A drive stopped answering. Check the connection and resume the export.':
    'Ein Laufwerk antwortet nicht mehr. Prüfe die Verbindung und setze den Export fort.',
  'Another export is being written.': 'Es wird gerade ein anderer Export geschrieben.',
  'Another file with this name is already there.': 'Dort ist schon eine andere Datei mit diesem Namen.',
  'It could not be written.': 'Das konnte nicht geschrieben werden.',
  'Moving takes the originals out of their folder and has to be confirmed.':
    'Beim Verschieben verlassen die Originale ihren Ordner; das muss bestätigt werden.',
  'Names are taken by other files there. Choose what becomes of them.':
    'Dort sind Namen von anderen Dateien belegt. Wähle, was mit ihnen geschieht.',
  'No folder could be made at the destination.': 'Am Ziel konnte kein Ordner angelegt werden.',
  'The destination cannot be written to any more.': 'In das Ziel kann nicht mehr geschrieben werden.',
  'The destination is a file, not a folder.': 'Das Ziel ist eine Datei, kein Ordner.',
  'The destination is full. Make room and resume the export.':
    'Das Ziel ist voll. Schaffe Platz und setze den Export fort.',
  'The destination lies inside the photo folder {folder}. Choose a place outside of it.':
    'Das Ziel liegt im Fotoordner {folder}. Wähle einen Ort außerhalb.',
  'The photo folder {folder} lies inside the destination. Choose another place.':
    'Der Fotoordner {folder} liegt im Ziel. Wähle einen anderen Ort.',
  'There is no such export.': 'Diesen Export gibt es nicht.',
  'There is not enough space: {needed} are needed, {free} are free.':
    'Der Platz reicht nicht: {needed} werden gebraucht, {free} sind frei.',
  'There is nothing to export.': 'Es gibt nichts zu exportieren.',
  'This export has not been started.': 'Dieser Export wurde nicht begonnen.',
  'This export was undone. Plan a new one.': 'Dieser Export wurde rückgängig gemacht. Plane einen neuen.',
  'You do not have permission to write to the destination.': 'Du darfst in das Ziel nicht schreiben.',

  // Files that cannot be read.
  'Kindred cannot read this kind of {format} picture.': 'Kindred kann diese Art von {format}-Bild nicht lesen.',
  'Kindred could not read this file; the log says more.':
    'Kindred konnte diese Datei nicht lesen; mehr steht im Protokoll.',
  'Not a picture.': 'Kein Bild.',
  'Not a picture: the file holds {content}, whatever its {name} says.':
    'Kein Bild: Die Datei enthält {content}, was auch immer ihr Name sagt.',
  'Reading the picture took longer than {count} seconds.': 'Das Bild zu lesen dauerte länger als {count} Sekunden.',
  'So large a file can be read only under a name that is text; rename it.':
    'Eine so große Datei kann nur unter einem Namen aus Text gelesen werden; benenne sie um.',
  'The camera RAW file is too large to be read.': 'Die RAW-Datei ist zu groß, um gelesen zu werden.',
  'The disk could not read this file.': 'Der Datenträger konnte diese Datei nicht lesen.',
  'The file became shorter while it was read; scan again.':
    'Die Datei wurde kürzer, während sie gelesen wurde; lass noch einmal nachsehen.',
  'The file could not be read.': 'Die Datei konnte nicht gelesen werden.',
  'The file could not be read ({code}).': 'Die Datei konnte nicht gelesen werden ({code}).',
  'The file is cut off: it ends before the picture does.': 'Die Datei ist abgeschnitten: Sie endet vor dem Bild.',
  'The file is cut off: {share} of the picture is missing.': 'Die Datei ist abgeschnitten: {share} des Bildes fehlen.',
  'The file is damaged: it holds no picture.': 'Die Datei ist beschädigt: Sie enthält kein Bild.',
  'The file is damaged: the decoder stopped at it.': 'Die Datei ist beschädigt: Das Lesen brach daran ab.',
  'The file is damaged: the picture in it could not be read.':
    'Die Datei ist beschädigt: Das Bild darin konnte nicht gelesen werden.',
  'The file is empty (0 bytes).': 'Die Datei ist leer (0 Byte).',
  'The file is too large (the limit is {limit} GB).': 'Die Datei ist zu groß (die Grenze ist {limit} GB).',
  'The file is too large to be read as {format}.': 'Die Datei ist zu groß, um als {format} gelesen zu werden.',
  'The file was being changed while it was read; scan again when that is done.':
    'Die Datei wurde geändert, während sie gelesen wurde; lass danach noch einmal nachsehen.',
  'The file was gone when it was to be read.': 'Die Datei war weg, als sie gelesen werden sollte.',
  'The picture is too large.': 'Das Bild ist zu groß.',
  'The picture is too large: {size} pixels (the limit is {limit} million).':
    'Das Bild ist zu groß: {size} Bildpunkte (die Grenze ist {limit} Millionen).',
  'This camera RAW file holds no preview picture that can be shown.':
    'Diese RAW-Datei enthält kein Vorschaubild, das sich zeigen lässt.',
  'This is a folder, not a picture.': 'Das ist ein Ordner, kein Bild.',
  'This is a link, and links are not followed.': 'Das ist eine Verknüpfung, und Verknüpfungen wird nicht gefolgt.',
  'This is not a camera RAW file that can be read.': 'Das ist keine RAW-Datei, die gelesen werden kann.',
  'This is not a file but something special of the system.':
    'Das ist keine Datei, sondern etwas Besonderes des Systems.',
  'Too many files were open at once; try this one again.':
    'Zu viele Dateien waren gleichzeitig offen; versuche diese noch einmal.',
  'You do not have permission to read this file.': 'Du darfst diese Datei nicht lesen.',

  // What a run found.
  '{photos} is too few to learn from: Kindred needs {min} or more.':
    '{photos} ist zu wenig zum Lernen: Kindred braucht mindestens {min}.',
  '{photos} are too few to learn from: Kindred needs {min} or more.':
    '{photos} sind zu wenige zum Lernen: Kindred braucht mindestens {min}.',
  '{sentence} You can still make groups by hand and export them.':
    '{sentence} Du kannst trotzdem Gruppen von Hand bilden und exportieren.',
  'Self-labelling was not kept: {why}': 'Das Selbstlernen wurde nicht übernommen: {why}',
  '{count} photos in no group are like each other and like nobody else: Review asks whether they are one.':
    '{count} Fotos in keiner Gruppe gleichen einander und sonst niemandem: Das Durchsehen fragt, ob sie eine sind.',
};
