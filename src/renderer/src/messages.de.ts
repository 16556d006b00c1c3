import { formatDecimal, formatNumber } from './lib/format';
import { pluralIn } from './lib/plural';
import type { Translation } from './messages';

/** @file The German words. The comments in `messages.ts` say what each is for; „du“ throughout. */

const plural = pluralIn('de');
const photos = (count: number): string => plural(count, { zero: 'keine Fotos', one: '# Foto', other: '# Fotos' });
const groups = (count: number): string => plural(count, { zero: 'keine Gruppen', one: '# Gruppe', other: '# Gruppen' });
const files = (count: number): string => plural(count, { zero: 'keine Dateien', one: '# Datei', other: '# Dateien' });
/** As the object of a sentence. The dative, after „aus“ and „von“, is {@link quotedDative}. */
const quoted = (name: string | null): string => (name === null ? 'die unbenannte Gruppe' : `„${name}“`);
const quotedDative = (name: string | null): string => (name === null ? 'der unbenannten Gruppe' : `„${name}“`);

export const de: Translation = {
  app: 'Kindred',
  photos,
  groups,
  files,
  unnamed: 'Ohne Namen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  back: 'Zurück',
  done: 'Fertig',
  tryAgain: 'Noch einmal versuchen',
  loading: 'Wird geladen …',

  welcome: {
    title: 'Deine Fotos, in den Gruppen, in die sie gehören',
    sentence:
      'Wähle einen Ordner. Kindred sieht sich die Bilder darin an, findet heraus, welche zusammengehören, und zeigt sie als Gruppen, die du benennen, berichtigen und exportieren kannst.',
    choose: 'Ordner wählen',
    drop: 'oder zieh einen Ordner irgendwo in dieses Fenster',
    dropNow: 'Loslassen, um den Ordner zu öffnen',
    dropUnknown: 'Eine Webseite kann nicht sehen, wo ein Ordner liegt, der auf sie gezogen wird. Wähle ihn hier aus.',
    recent: 'Zuletzt geöffnet',
    recentAt: (when) => `geöffnet ${when}`,
    offline: 'Nicht verbunden',
    promises: [
      ['Deine Originale bleiben, wie sie sind', 'Nichts wird verschoben, umbenannt oder in deine Fotos geschrieben.'],
      ['Alles bleibt auf diesem Computer', 'Kein Konto, kein Hochladen, kein Netzwerk.'],
      [
        'Jede Änderung lässt sich rückgängig machen',
        'Namen und Korrekturen bleiben, auch wenn du die Fotos neu durchsehen lässt.',
      ],
    ],
    opening: 'Wird geöffnet …',
  },

  chooser: {
    title: 'Ordner wählen',
    destinationTitle: 'Wähle, wohin exportiert wird',
    movedTitle: 'Wähle, wo der Ordner jetzt ist',
    namesTitle: 'Namen aus einem Ordner übernehmen',
    namesHint:
      'Wähle einen Ordner, den Kindred exportiert hat, oder einen, dessen Fotos Stichwörter aus einem anderen Programm haben. Namen und Gruppen werden für Fotos übernommen, die in dieser Bibliothek sind. Fotos, die du selbst eingeordnet hast, bleiben, wo sie sind.',
    path: 'Pfad des Ordners',
    go: 'Diesen Ordner zeigen',
    places: 'Orte',
    inside: (name) => `Ordner in ${name}`,
    up: 'Einen Ordner nach oben',
    open: 'Diesen Ordner öffnen',
    use: 'Diesen Ordner nehmen',
    empty: 'Hier sind keine Ordner.',
    pictures: (count) =>
      count >= 1000
        ? `${formatNumber(1000)} oder mehr Bilder direkt in diesem Ordner`
        : plural(count, {
            zero: 'Keine Bilder direkt in diesem Ordner; die in seinen Unterordnern zählen auch',
            one: '# Bild direkt in diesem Ordner',
            other: '# Bilder direkt in diesem Ordner',
          }),
  },

  header: {
    home: 'Alle Gruppen',
    homeOf: (name) => `${name}: alle Gruppen`,
    search: 'Namen, Dateien, Daten, Kameras suchen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    undoWhat: (label) => `Rückgängig: ${label}`,
    activity: 'Aktivität',
    export: 'Exportieren',
    menu: 'Mehr',
    problems: (count) => plural(count, { one: '# Problemdatei', other: '# Problemdateien' }),
    report: 'Bericht',
    exports: 'Frühere Exporte',
    allPhotos: 'Alle Fotos',
    rescan: 'Nach neuen Fotos sehen',
    watch: 'Auf neue Fotos achten',
    importNames: 'Namen aus einem Ordner übernehmen …',
    shortcuts: 'Tastenkürzel',
    closeLibrary: 'Anderen Ordner öffnen',
    theme: 'Aussehen',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    languages: { system: 'Wie das System', en: 'English', de: 'Deutsch' },
  },

  broken: {
    title: 'Hier ist etwas schiefgegangen',
    text: 'Deine Fotos und Gruppen sind sicher. Was geschehen ist, steht im Protokoll.',
  },

  connection: {
    lost: 'Die Verbindung zu Kindred ist abgerissen. Sie wird wieder aufgebaut …',
    back: 'Wieder verbunden.',
  },
  relink: 'Dieser Ordner ist umgezogen. Neuen Ort wählen',
  relinked: 'Der Ordner ist wieder verbunden.',
  relinkHint: (path) =>
    `Kindred kennt diese Fotos aus ${path}. Bevor es den gewählten Ordner nimmt, vergleicht es einige davon mit dem, was darin liegt.`,
  damaged:
    'Die Datenbank dieser Bibliothek ist beschädigt. Von Namen und Korrekturen gibt es eine zweite Kopie, und deine Fotos sind unberührt. Schließe Kindred und führe „kindred repair“ aus, dann lies den Ordner neu ein.',
  offline: (names) =>
    `${names.join(', ')} ${names.length === 1 ? 'ist' : 'sind'} nicht verbunden. Deine Gruppen und die kleinen Bilder sind noch da; große Bilder und der Export warten, bis der Ordner zurück ist.`,

  summary: (numPhotos, numGroups, numUnsure) =>
    numGroups === 0
      ? `${photos(numPhotos)}, ${numPhotos === 1 ? 'in keiner Gruppe' : 'keines in einer Gruppe'}`
      : `${photos(numPhotos)} in ${groups(numGroups)}${numUnsure > 0 ? `, ${formatNumber(numUnsure)} unsicher` : ''}`,

  group: {
    label: (name, count) => `${name ?? 'Ohne Namen'}, ${photos(count)}`,
    list: 'Gruppen',
    open: 'Öffnen',
    rename: 'Umbenennen',
    name: 'Name der Gruppe',
    namePrompt: 'Gib dieser Gruppe einen Namen',
    nameIsLong: (max) => `Ein Name kann höchstens ${formatNumber(max)} Zeichen haben.`,
    renameHint: 'Die Eingabetaste übernimmt den Namen, Escape lässt den alten',
    merge: 'Zusammenführen mit …',
    mergeInto: (name) => `Mit ${quotedDative(name)} zusammenführen`,
    pin: 'Vorne anheften',
    unpin: 'Nicht mehr anheften',
    hide: 'Ausblenden',
    unhide: 'Wieder zeigen',
    more: (name) => `Mehr zu ${name ?? 'unbenannter Gruppe'}`,
    hidden: (count) => plural(count, { one: '# ausgeblendete Gruppe', other: '# ausgeblendete Gruppen' }),
    small: (count) => plural(count, { one: '# kleine Gruppe', other: '# kleine Gruppen' }),
    smallHint: 'Jeweils wenige Fotos und noch kein Name',
    trays: 'Wartet auf dich',
    unsure: 'Unsicher',
    unsureHint: 'In einer Gruppe, aber einen Blick wert',
    unsorted: 'Nicht einsortiert',
    unsortedHint: 'Passt zu keiner Gruppe gut genug',
    all: 'Alle Fotos',
    sort: 'Gruppen ordnen',
    sorts: {
      suggested: 'Benannte zuerst',
      name: 'Name',
      size: 'Meiste Fotos',
      newest: 'Neueste Fotos',
      unsure: 'Unsicherste zuerst',
    },
    draft: 'Erster Blick',
    draftHint: 'Die Gruppen bilden sich noch und ändern sich ein wenig. Was du jetzt benennst, bleibt.',
    learning: 'Kindred sieht sich deine Fotos an. Bald erscheinen hier die ersten Gruppen.',
    clearSearch: 'Suche leeren',
    none: 'Noch keine Gruppen',
    noneHint: 'Kindred hat sich diesen Ordner noch nicht angesehen.',
    start: 'Anfangen',
    verdict: {
      groups: null,
      'no-clear-groups': [
        'Keine klaren Gruppen in diesen Fotos',
        'Kindred hat alle miteinander verglichen und nichts gefunden, das gut genug zusammenhält, um eine Gruppe zu sein. Alle liegen in „Nicht einsortiert“: Wähle dort einige aus und bilde Gruppen von Hand, oder füge weitere Fotos hinzu und lass Kindred noch einmal nachsehen.',
      ],
      'too-few-photos': [
        'Zu wenige Fotos, um Gruppen zu finden',
        'Dafür braucht es einige Dutzend. Du kannst die Fotos trotzdem ansehen und Gruppen von Hand bilden.',
      ],
    },
    showAll: 'Alle Fotos ansehen',
    empty: 'Hier ist nichts',
    emptyGroup: 'Diese Gruppe hat keine Fotos mehr.',
    emptyTray: {
      unsure: 'Nichts mehr anzusehen. Gut gemacht.',
      unsorted: 'Jedes Foto hat seinen Platz.',
      all: 'Keine Fotos.',
    },
    gone: 'Diese Gruppe gibt es nicht mehr',
    goneHint: 'Sie wurde zusammengeführt oder aufgelöst. Rückgängig holt sie zurück.',
    certaintyCounts: (sure, likely, unsure) =>
      [
        sure > 0 ? `${formatNumber(sure)} sicher` : '',
        likely > 0 ? `${formatNumber(likely)} wahrscheinlich` : '',
        unsure > 0 ? `${formatNumber(unsure)} unsicher` : '',
      ]
        .filter(Boolean)
        .join(', '),
    health: {
      clear: 'Hält gut zusammen',
      mostly: 'Größtenteils einheitlich',
      mixed: 'Sieht gemischt aus: einen Blick wert',
    },
    mixed: (numUnsure, numPhotos) =>
      `Diese Gruppe hält nicht gut zusammen: ${formatNumber(numUnsure)} von ${plural(numPhotos, { one: '# Foto', other: '# Fotos' })} passen nur halb. Vielleicht sind es mehrere Dinge.`,
    splitIt: 'Aufteilen',
    dropMerge: (name) => `Mit ${quotedDative(name)} zusammenführen`,
  },

  merge: {
    title: 'Zwei benannte Gruppen zusammenführen?',
    text: (source, sourceCount, target, targetCount) =>
      `„${source}“ (${photos(sourceCount)}) geht in „${target}“ (${photos(targetCount)}) auf, und der Name „${source}“ fällt weg.`,
    confirm: (target) => `Mit „${target}“ zusammenführen`,
    pickTitle: 'Mit einer Gruppe zusammenführen',
    pickConfirm: 'Zusammenführen',
  },

  split: {
    menu: 'Aufteilen …',
    around: 'Um diese herum aufteilen',
    title: (name) => `${name === null ? 'Die unbenannte Gruppe' : `„${name}“`} aufteilen`,
    note: 'Nichts ändert sich, bevor du zustimmst.',
    how: 'So entstehen die Teile',
    byLook: 'Danach, wie die Fotos aussehen',
    aroundChosen: (count) => `Um die ${formatNumber(count)} Fotos herum, die du gewählt hast`,
    numParts: 'Anzahl der Teile',
    parts: (count, isSuggested) => `${count} Teile${isSuggested ? ', vorgeschlagen' : ''}`,
    suggested: (count) => `Diese Fotos legen ${count} Teile nahe.`,
    planning: 'Die Teile werden ermittelt …',
    outcome: (counts) => `${counts.length} Teile: ${counts.map(formatNumber).join(', ')} Fotos`,
    list: 'Teile',
    part: (number, count) => `Teil ${number}, ${photos(count)}`,
    name: (number) => `Name von Teil ${number}`,
    namePlaceholder: 'Name, wenn du magst',
    keeps: 'behält seinen Namen',
    keepHere: (name) => `„${name}“ hier behalten`,
    accept: (count) => `In ${count} aufteilen`,
  },

  pairs: {
    more: 'Mehr für die Auswahl',
    together: 'Diese gehören zusammen',
    apart: 'Diese sind verschieden',
    manyTitle: (count) => `Gehören alle ${formatNumber(count)} Fotos zusammen?`,
    manyText: 'Alle kommen in eine Gruppe und bleiben zusammen, auch wenn Kindred neu lernt.',
    tooMany: {
      together: (max) => `Wähle höchstens ${formatNumber(max)} Fotos aus, um zu sagen, dass sie zusammengehören.`,
      apart: (max) =>
        `„Verschieden“ heißt jedes von jedem. Das geht mit höchstens ${formatNumber(max)} Fotos. Wähle weniger aus.`,
    },
    conflictTitle: 'Du hast vorher etwas anderes gesagt',
    conflict: {
      apart: (when) => `Du hast gesagt, dass diese beiden verschieden sind (${when}).`,
      together: (when) => `Du hast gesagt, dass diese beiden zusammengehören (${when}).`,
      removed: (when, group) =>
        `Du hast dieses Foto aus ${quotedDative(group)} genommen, in der die anderen sind (${when}).`,
    },
    path: 'Sie hängen über diese zusammen:',
    whoLeaves: 'Welches gehört nicht zu den anderen?',
    leaves: (number) => (number === 0 ? 'Das erste' : 'Das zweite'),
    keepOld: 'Dabei bleiben, was ich vorher gesagt habe',
    overrule: { together: 'Sie gehören zusammen', apart: 'Sie sind verschieden' },
    moreConflicts: (count) => plural(count, { one: 'und # weiterer', other: 'und # weitere' }),
  },

  certainty: { sure: 'Sicher', likely: 'Wahrscheinlich', unsure: 'Unsicher' },
  certaintyHint: {
    sure: 'Gehört eindeutig hierher',
    likely: 'Gehört sehr wahrscheinlich hierher',
    unsure: 'Gehört vielleicht nicht hierher',
  },

  photo: {
    grid: (name) => `Fotos in ${name}`,
    cell: (name, index, total, certainty) =>
      `${name}, ${formatNumber(index + 1)} von ${formatNumber(total)}, ${certainty}`,
    cellLoading: (index) => `Foto ${formatNumber(index + 1)}`,
    placed: 'von dir eingeordnet',
    stack: (count) => `${formatNumber(count)} ähnliche`,
    loading: 'Fotos werden geladen …',
    missing: 'Kein Bild',
    open: 'Öffnen',
    quickLook: 'Schnell ansehen',
    showInFolder: 'Im Ordner zeigen',
    openOutside: 'Mit dem Standardprogramm öffnen',
    previous: 'Voriges Foto',
    next: 'Nächstes Foto',
    details: 'Einzelheiten',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fit: 'Einpassen',
    view: (name) => `Foto ${name}`,
    ofMany: (index, total) => `Foto ${formatNumber(index + 1)} von ${formatNumber(total)}`,
    position: (index, total) => `${formatNumber(index + 1)} von ${formatNumber(total)}`,
    sort: 'Fotos ordnen',
    sorts: {
      typical: 'Typischste zuerst',
      found: 'Nach Ordner',
      newest: 'Neueste zuerst',
      oldest: 'Älteste zuerst',
      name: 'Dateiname',
      unsure: 'Unsicherste zuerst',
      added: 'Zuletzt hinzugekommene zuerst',
    },
    size: 'Größe der Vorschaubilder',
    larger: 'Größere Bilder',
    smaller: 'Kleinere Bilder',
    fields: {
      taken: 'Aufgenommen',
      camera: 'Kamera',
      place: 'Ort',
      group: 'Gruppe',
      certainty: 'Sicherheit',
      dimensions: 'Größe',
      file: 'Datei',
      folder: 'Ordner',
      unknown: 'Nicht festgehalten',
    },
    stackTitle: (count) => `${formatNumber(count)} Fotos desselben Augenblicks`,
    why: 'Warum ist das hier?',
    whyText: (name) =>
      `Diese sehen ihm am ähnlichsten. Die umrandeten sind auch in ${name === null ? 'dieser Gruppe' : `„${name}“`}.`,
    whyUnsorted: 'Diese sehen ihm am ähnlichsten.',
    noNeighbors: 'Nichts anderes sieht aus wie dieses Foto.',
    similarity: (percent) => `${percent} ähnlich`,
    offline: 'Der Ordner dieses Fotos ist nicht verbunden, deshalb ist dies das kleine Bild.',
    noGroup: 'Nicht einsortiert',
  },

  selection: {
    toolbar: 'Auswahl',
    count: (count) => plural(count, { one: '# ausgewählt', other: '# ausgewählt' }),
    move: 'Verschieben nach …',
    remove: 'Aus der Gruppe nehmen',
    confirm: 'Bestätigen',
    cover: 'Als Titelbild nehmen',
    create: 'Neue Gruppe',
    clear: 'Auswahl aufheben',
    menu: 'Was mit dem Foto geschehen soll',
    open: 'Öffnen',
    hint: 'Klicken wählt aus, doppelt klicken öffnet',
  },

  search: {
    title: (query) => `Fotos zu „${query}“`,
    photos: 'Fotos',
    all: (count) => plural(count, { one: '# Foto zeigen', other: 'Alle # Fotos zeigen' }),
    nothing: (query) => `Nichts gefunden zu „${query}“`,
    nothingHint:
      'Versuche einen Teil des Namens einer Gruppe oder Datei, ein Datum wie 2023-05 oder May 2023, oder eine Kamera.',
  },

  review: {
    title: 'Durchsehen',
    start: 'Einzeln durchsehen',
    question: 'Gehört dieses Foto hierher?',
    region: 'Frage',
    yes: 'Ja, es gehört dazu',
    no: 'Nein',
    skip: 'Nicht sicher',
    yesKey: 'Eingabe',
    noKey: 'Entf',
    skipKey: '→',
    left: (answered, left) =>
      `${plural(answered, { zero: 'Keine', one: '#', other: '#' })} beantwortet, noch ${formatNumber(left)}`,
    typical: 'Fotos, die eindeutig dazugehören',
    done: 'Das war die letzte',
    doneHint: 'Jedes Foto, nach dem du gefragt wurdest, hat seinen Platz.',
    skippedHint: 'Bei einigen warst du nicht sicher. Sie bleiben in „Unsicher“.',
    again: 'Diese noch einmal',
    together: 'Gehören diese zusammen?',
    these: 'Diese',
    those: 'Und diese',
    yesTogether: 'Ja, zusammen',
    open: (answered) =>
      answered === 0 ? 'Die aufschlussreichste Frage zuerst' : `${formatNumber(answered)} beantwortet`,
    partOf: (count) => (count > 0 ? `${photos(count)} wie diese` : 'Dieses Foto'),
    menu: 'Fragen beantworten',
    menuHint: 'Sag, was zusammengehört, eine Frage nach der anderen',
    about: {
      part: (count) =>
        `Deine Antwort entscheidet über ${photos(count)} wie das erste. „Nein“ macht daraus eine eigene Gruppe.`,
      merge: (count) =>
        `Zwei Gruppen, die sich ähnlich sehen. „Ja“ macht eine daraus; das entscheidet über ${photos(count)}.`,
      place: () => 'Gehört das erste in die Gruppe der anderen?',
      form: (count) => `Diese sind in keiner Gruppe. „Ja“ bildet eine Gruppe mit ${photos(count)}.`,
    },
  },

  follow: {
    banner: (count) =>
      plural(count, {
        one: '# anderes Foto müsste wohl folgen.',
        other: '# andere Fotos müssten wohl folgen.',
      }),
    look: 'Ansehen',
    later: 'Nicht jetzt',
    title: 'Was aus deinen Korrekturen folgen würde',
    text: 'Noch ist nichts verschoben. Fotos, die du selbst eingeordnet hast, bleiben, wo sie sind. Ein Klick auf ein Foto lässt es weg.',
    photo: (index, total, name) =>
      `Foto ${formatNumber(index + 1)} von ${formatNumber(total)} in ${quoted(name)} verschieben`,
    to: (name) => (name === null ? 'In eine unbenannte Gruppe' : `In „${name}“`),
    all: (count) => `Alle ${formatNumber(count)} zeigen`,
    leave: 'So lassen',
    accept: (count) => plural(count, { one: '# Foto verschieben', other: '# Fotos verschieben' }),
  },

  move: {
    title: 'In eine Gruppe verschieben',
    createTitle: 'Neue Gruppe',
    text: (count) => plural(count, { one: '# Foto verschieben.', other: '# Fotos verschieben.' }),
    createText: (count) =>
      plural(count, {
        one: '# Foto in eine eigene Gruppe legen.',
        other: '# Fotos in eine eigene Gruppe legen.',
      }),
    group: 'Gruppe',
    newName: 'Name der neuen Gruppe',
    placeholder: 'Namen eingeben',
    options: 'Gruppen zur Auswahl',
    create: (name) => `Neue Gruppe „${name}“`,
    confirm: 'Verschieben',
    createConfirm: 'Gruppe bilden',
    taken: (name, count) => `Es gibt schon eine Gruppe „${name}“ mit ${photos(count)}.`,
    addToIt: 'Dort hinzufügen',
    anotherName: 'Anderer Name',
    mustPick: 'Wähle eine Gruppe aus der Liste, oder die letzte Zeile für eine neue.',
    recent: 'Zuletzt benutzt',
  },

  detail: {
    label: 'Weniger oder mehr Gruppen',
    fewer: 'Weniger',
    more: 'Mehr Gruppen',
    why: 'Warum so viele?',
  },

  toast: {
    followed: (count) =>
      plural(count, { one: '# Foto ist deinen Korrekturen gefolgt', other: '# Fotos sind deinen Korrekturen gefolgt' }),
    answered: (answer, count) =>
      answer === 'unsure'
        ? 'Offen gelassen'
        : count === 0
          ? 'Beantwortet'
          : `Beantwortet: ${photos(count)} entschieden`,
    renamed: (name) => `Heißt jetzt „${name}“`,
    merged: (name) => `Mit ${quotedDative(name)} zusammengeführt`,
    moved: (count, name) => `${photos(count)} in ${quoted(name)} verschoben`,
    removed: (count) => `${photos(count)} aus der Gruppe genommen`,
    confirmed: (count) => `${photos(count)} bestätigt`,
    takenBack: (label) => `Zurückgenommen: ${label}`,
    accepted: 'Änderungen behalten',
    rejected: 'Wieder wie vorher',
    restored: (when) => `Das Ergebnis von ${when} wird gezeigt`,
    putBack: 'Wieder so, wie es war',
    cover: 'Titelbild geändert',
    imported: ({ numPlaced, numNamed, numMade, numKept, numUnknown }) =>
      [
        numPlaced + numNamed + numMade === 0
          ? 'Nichts Neues darin'
          : `${photos(numPlaced)} eingeordnet, ${groups(numNamed + numMade)} benannt`,
        numKept > 0
          ? `${plural(numKept, { one: '# Foto bleibt', other: '# Fotos bleiben' })}, wo du sie hingelegt hast`
          : '',
        numUnknown > 0
          ? `${plural(numUnknown, { one: '# Foto ist', other: '# Fotos sind' })} nicht in dieser Bibliothek`
          : '',
      ]
        .filter(Boolean)
        .join(' · '),
    together: (count, numMoved) =>
      `${photos(count)} zusammengehalten${numMoved > 0 ? `, ${formatNumber(numMoved)} verschoben` : ''}`,
    apart: (numLeft) =>
      numLeft > 0
        ? `Getrennt. ${plural(numLeft, { one: '# Foto hat', other: '# Fotos haben' })} die gemeinsame Gruppe verlassen`
        : 'Von jetzt an getrennt',
    split: (count) => `In ${groups(count)} aufgeteilt`,
    created: (name) => `Gruppe „${name}“ gebildet`,
    detail: 'Anzahl der Gruppen geändert',
    pinned: 'Vorne angeheftet',
    unpinned: 'Nicht mehr angeheftet',
    hidden: 'Gruppe ausgeblendet',
    shown: 'Gruppe wieder da',
    undone: (label) => `Rückgängig gemacht: ${label}`,
    redone: (label) => `Wiederholt: ${label}`,
    nothingToUndo: 'Nichts rückgängig zu machen',
    nothingToRedo: 'Nichts zu wiederholen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    region: 'Meldungen',
    dismiss: 'Schließen',
    retried: (count) =>
      plural(count, {
        zero: 'Nichts noch einmal zu lesen',
        one: '# Datei wird noch einmal gelesen',
        other: '# Dateien werden noch einmal gelesen',
      }),
  },

  changes: {
    title: 'Was sich geändert hat',
    see: 'Ansehen, was sich geändert hat',
    open: (count) =>
      `Beim letzten Blick auf deine Fotos ${plural(count, { one: 'kam # Foto in eine andere Gruppe', other: 'kamen # Fotos in andere Gruppen' })}.`,
    accept: 'Alles behalten',
    reject: 'Zurück zu dem, wie es war',
    none: 'Nichts hat sich geändert',
    noneHint:
      'Nach dem nächsten Blick auf deine Fotos steht hier, was die Gruppe gewechselt hat. Du kannst es behalten oder zurücknehmen.',
    summary: (numMoved, numSame, numNew) =>
      `${photos(numMoved)} verschoben, ${photos(numSame)} geblieben${numNew > 0 ? `, ${plural(numNew, { one: '# ist neu', other: '# sind neu' })}` : ''}. Was du selbst eingeordnet hast, bleibt immer dort.`,
    decided: {
      accepted: 'Du hast diese Änderungen behalten.',
      rejected: 'Du bist zu dem zurückgegangen, wie es vorher war.',
      other: 'Jetzt wird ein früheres Ergebnis gezeigt.',
    },
    list: 'Gruppen, die sich geändert haben',
    change: (name, before, after) => `${name}: vorher ${formatNumber(before)}, jetzt ${formatNumber(after)}`,
    count: (before, after) => `${formatNumber(before)} → ${photos(after)}`,
    kinds: { appeared: 'Neu', vanished: 'Weg' },
    unnamed: 'einer unbenannten Gruppe',
    splitFrom: (name) => `Kam aus ${quotedDative(name)}`,
    mergedInto: (name) => `Ging in ${quoted(name)}`,
    arrived: (count, from) => `+ ${photos(count)} aus ${from}`,
    left: (count, to) => `− ${photos(count)}, jetzt in ${to}`,
    putBack: 'Zurücklegen',
    putBackOf: (name) => `Zurücklegen: ${name}`,
    runs: 'Frühere Ergebnisse',
    runsHint: 'Jedes kann wieder gezeigt werden. Namen und Korrekturen bleiben; Rückgängig bringt dich zurück.',
    run: (when) => `Ergebnis von ${when}`,
    shown: 'Jetzt gezeigt',
    restore: 'Wieder zeigen',
  },

  activity: {
    title: 'Aktivität',
    empty: 'Noch nichts getan',
    emptyHint: 'Namen, Verschiebungen und Zusammenführungen stehen hier, und jede lässt sich rückgängig machen.',
    undone: 'rückgängig gemacht',
    takeBack: 'Nur das zurücknehmen',
    whyNot: (label) => `Warum sich das nicht zurücknehmen lässt: ${label}`,
    takeBackWhat: (label) => `Zurücknehmen: ${label}`,
    cannot: (reason) => `Lässt sich nicht für sich allein zurücknehmen. ${reason}`,
  },

  run: {
    region: 'Fortschritt',
    pause: 'Anhalten',
    resume: 'Weiter',
    cancel: 'Abbrechen',
    start: 'Anfangen',
    again: 'Noch einmal anfangen',
    details: 'Bericht',
    dismiss: 'Schließen',
    stage: {
      'index-photos': 'Fotos lesen',
      embed: 'Fotos ansehen',
      'learn-features': 'Lernen, worauf es in ihnen ankommt',
      'mine-neighbors': 'Ähnliche Fotos finden',
      cluster: 'Gruppen bilden',
      'self-label': 'Gruppen verfeinern',
      assign: 'Jedes Foto einordnen',
    },
    step: (index, total) => `Schritt ${index} von ${total}`,
    count: (done, total) => `${formatNumber(done)} von ${formatNumber(total)}`,
    rate: (perSecond) => `${formatDecimal(perSecond)} pro Sekunde`,
    left: (time) => `noch etwa ${time}`,
    failed: (count) => plural(count, { one: '# Datei übersprungen', other: '# Dateien übersprungen' }),
    state: {
      running: 'Arbeitet',
      paused: 'Angehalten',
      done: 'Fertig',
      cancelled: 'Abgebrochen. Was gelesen wurde, bleibt.',
      failed: 'Etwas ist schiefgegangen. Deine Gruppen sind, wie sie waren.',
    },
    cancelTitle: 'Nicht weiter nach den Fotos sehen?',
    cancelText:
      'Was gelesen wurde, bleibt; ein neuer Anfang geht dadurch schneller. Halte stattdessen an, um später von hier aus weiterzumachen.',
    cancelConfirm: 'Aufhören',
    keepGoing: 'Weitermachen',
    gentle: 'Schonend arbeiten',
    gentleHint: 'Benutzt einen Kern, die Hälfte der Zeit, und lässt dir den Rest des Computers. Dauert länger.',
  },

  look: {
    closer: {
      menu: 'Genauer ansehen',
      title: 'Deine Fotos genauer ansehen?',
      text: 'Kindred sieht sich jedes Foto noch einmal mit einem größeren Netz an und bildet die Gruppen neu. Das dauert etwa doppelt so lang. Gruppen großer Fotos werden klarer, die von sehr kleinen Bildern nicht.',
      confirm: 'Genauer ansehen',
    },
    quickly: {
      menu: 'Schneller ansehen',
      title: 'Deine Fotos schneller ansehen?',
      text: 'Kindred sieht sich jedes Foto noch einmal mit einem kleineren Netz an, das doppelt so schnell ist, und bildet die Gruppen neu. Gruppen großer Fotos werden weniger klar.',
      confirm: 'Schneller ansehen',
    },
    kept: 'Deine Gruppen mit Namen bleiben, und jedes Foto, das du eingeordnet oder herausgenommen hast, bleibt so.',
  },

  relearn: {
    menu: 'Mit meinen Korrekturen neu lernen',
    button: 'Neu lernen',
    title: 'Mit deinen Korrekturen neu lernen?',
    text: (count) =>
      `Kindred sucht die Gruppen neu und lernt dabei aus dem, was du gesagt hast${count > 0 ? `, auch aus ${plural(count, { one: '# neuen Korrektur', other: '# neuen Korrekturen' })}` : ''}. Deine Gruppen mit Namen bleiben, und jedes Foto, das du eingeordnet oder herausgenommen hast, bleibt so. Was sonst die Gruppe gewechselt hat, wird danach gezeigt. Du kannst es behalten oder zurücknehmen.`,
    confirm: 'Neu lernen',
    since: (count) =>
      plural(count, {
        one: 'Seit Kindred zuletzt gelernt hat, hast du # Korrektur gemacht.',
        other: 'Seit Kindred zuletzt gelernt hat, hast du # Korrekturen gemacht.',
      }),
    count: (count) => plural(count, { one: '# neu', other: '# neu' }),
  },

  report: {
    title: 'Bericht',
    none: 'Noch kein Lauf',
    noneHint: 'Der Bericht des ersten Laufs erscheint hier.',
    findings: 'Was herauskam',
    curve: 'Einteilungen, die verglichen wurden',
    curveHint:
      'Jeder Punkt ist eine Art, deine Fotos einzuteilen: wie viele Gruppen sie ergibt und wie sauber sich diese trennen. Der gefüllte Punkt wurde gewählt.',
    curveX: 'Anzahl der Gruppen',
    curveY: 'Trennung',
    agreement: 'Übereinstimmung zwischen Wiederholungen',
    curvePoint: (name, numGroups, score) => `${name}: ${groups(numGroups)}, Trennung ${score}`,
    chosen: 'gewählt',
    stages: 'Wofür die Zeit gebraucht wurde',
    items: (count) => plural(count, { one: '# Stück', other: '# Stück' }),
    facts: 'Einstellungen dieses Laufs',
    engine: 'Rechenwerk',
    trunk: 'Netz',
    seed: 'Startwert',
    views: 'Ansichten je Foto',
    started: 'Begonnen',
    took: 'Gedauert',
    again: 'Noch einmal',
  },

  problems: {
    title: 'Problemdateien',
    intro: (count) =>
      plural(count, {
        one: '# Datei konnte nicht gelesen werden. Alles andere ging trotzdem weiter.',
        other: '# Dateien konnten nicht gelesen werden. Alles andere ging trotzdem weiter.',
      }),
    none: 'Keine Problemdateien',
    noneHint: 'Jedes Foto konnte gelesen werden.',
    file: 'Datei',
    reason: 'Grund',
    retry: 'Noch einmal versuchen',
    retryFile: (path) => `Noch einmal versuchen: ${path}`,
    retryAll: 'Alle noch einmal versuchen',
    leftOut: (count) => plural(count, { one: '# Datei ist kein Foto', other: '# Dateien sind keine Fotos' }),
    leftOutIntro:
      'Sie werden nicht gezeigt und nicht angerührt. Videos werden nicht gruppiert; was hinter Verknüpfungen liegt, wird nicht gelesen.',
    leftOutKind: {
      video: 'Ein Video',
      link: 'Eine Verknüpfung',
      special: 'Keine Datei',
      other: 'Kein Foto',
    },
  },

  proof: {
    title: 'Originale prüfen',
    running: (done, total) =>
      total === 0 ? 'Deine Fotos werden gelesen …' : `${formatNumber(done)} von ${photos(total)} gelesen`,
    intro:
      'Jedes Original wird noch einmal gelesen und Byte für Byte damit verglichen, was es war, als Kindred es zum ersten Mal sah.',
    unchanged: (count, total) => `${formatNumber(count)} von ${photos(total)} sind unverändert`,
    changed: 'Diese sind nicht mehr, wie sie waren',
  },

  export: {
    title: 'Exportieren',
    intro: 'Leg für jede Gruppe einen Ordner an, irgendwo außerhalb deines Fotoordners.',
    destination: 'Zielordner',
    destinationHint: 'Ein Ordner, der nicht in deinem Fotoordner liegt',
    browse: 'Wählen …',
    mode: 'Wie',
    modes: {
      copy: ['Kopieren', 'Fotos werden kopiert; die Originale bleiben, wo sie sind.'],
      hardlink: ['Harte Links', 'Kein zusätzlicher Platz, nur auf demselben Datenträger.'],
      symlink: ['Verknüpfungen', 'Symbolische Links auf die Originale.'],
      move: ['Verschieben', 'Die Originale verlassen ihren Ordner.'],
    },
    more: 'Weitere Einstellungen',
    conflicts: 'Wenn eine andere Datei denselben Namen hat',
    conflict: { ask: 'Fragen, wenn es so weit ist', rename: 'Beide behalten, mit einer Nummer', skip: 'Weglassen' },
    conflictList: 'Welche',
    conflictsMore: (count) => `… und ${formatNumber(count)} weitere`,
    namedOnly: 'Nur Gruppen, denen ich einen Namen gegeben habe',
    unsure: 'Unsichere Fotos',
    unsureChoices: {
      'with-group': 'Mit ihrer Gruppe',
      'leave-out': 'Weglassen',
      'own-folder': 'In einem eigenen Ordner',
    },
    unsorted: 'Auch „Nicht einsortiert“ exportieren, in einem eigenen Ordner',
    byYear: 'In jeder Gruppe ein Ordner für jedes Jahr',
    companions: 'Mitnehmen, was zu einem Foto gehört: Begleitdateien, RAW-Dateien, Clips von Live Photos',
    keywords: 'Den Namen der Gruppe als Stichwort in eine Begleitdatei neben jedes Foto schreiben',
    manifest: 'Eine Liste schreiben, was woher kam',
    planConflicts: (count) =>
      plural(count, {
        one: '# Name ist dort schon von einer anderen Datei belegt',
        other: '# Namen sind dort schon von anderen Dateien belegt',
      }),
    showPlan: 'Plan zeigen',
    planning: 'Der Plan wird ermittelt …',
    planTitle: (numFolders) =>
      plural(numFolders, {
        zero: 'Keine Ordner werden angelegt',
        one: '# Ordner wird angelegt',
        other: '# Ordner werden angelegt',
      }),
    planSummary: (numFiles, size) => `${photos(numFiles)}, ${size}`,
    planFree: (free) => `dort sind ${free} frei`,
    planUnchanged: (count) =>
      plural(count, {
        one: '# ist schon da und bleibt, wie es ist',
        other: '# sind schon da und bleiben, wie sie sind',
      }),
    planTree: 'Ordner, die angelegt werden',
    nothing: 'Nichts zu schreiben: Alles ist schon da.',
    allThere: 'Alles ist schon da',
    leftOut: (count) =>
      plural(count, {
        one: '# Foto bleibt zurück, weil es in keiner Gruppe ist',
        other: '# Fotos bleiben zurück, weil sie in keiner Gruppe sind',
      }),
    problems: 'Das kann noch nicht anfangen',
    change: 'Ändern',
    run: (count) => plural(count, { one: '# Foto exportieren', other: '# Fotos exportieren' }),
    moveTitle: 'Die Originale verschieben?',
    moveText: (count) =>
      `${plural(count, { one: '# Foto wird seinen', other: '# Fotos werden ihren' })} jetzigen Ordner verlassen. „Diesen Export rückgängig machen“ legt sie zurück, solange niemand sie ändert.`,
    moveConfirm: (count) => plural(count, { one: '# Foto verschieben', other: '# Fotos verschieben' }),
    running: (done, total) => `${formatNumber(done)} von ${photos(total)}`,
    written: (size) => `${size} geschrieben`,
    stop: 'Anhalten',
    verified: (verified, total) => `${formatNumber(verified)} von ${photos(total)} geschrieben und geprüft`,
    linked: (written, total) => `${formatNumber(written)} von ${photos(total)} verknüpft`,
    skipped: (count) => plural(count, { one: '# war schon da', other: '# waren schon da' }),
    failed: (count) =>
      plural(count, { one: '# konnte nicht geschrieben werden', other: '# konnten nicht geschrieben werden' }),
    interrupted: (written, total) =>
      `Angehalten nach ${formatNumber(written)} von ${photos(total)}. Von dort kann es weitergehen.`,
    failedAll: 'Der Export ist fehlgeschlagen. Nichts Halbgeschriebenes ist zurückgeblieben.',
    undone: 'Rückgängig gemacht: Was er geschrieben hat, ist wieder weg.',
    resume: 'Weitermachen',
    reveal: 'Im Dateimanager zeigen',
    undo: 'Diesen Export rückgängig machen',
    undoTitle: 'Diesen Export rückgängig machen?',
    undoText: 'Dateien, die er geschrieben hat, werden wieder entfernt, außer denen, die seitdem jemand geändert hat.',
    again: 'Noch einmal exportieren',
    historyTitle: 'Frühere Exporte',
    none: 'Noch keine Exporte',
    noneHint: 'Exporte stehen hier, und jeder lässt sich rückgängig machen.',
    state: {
      planned: 'Geplant',
      running: 'Läuft',
      interrupted: 'Angehalten',
      done: 'Fertig',
      failed: 'Fehlgeschlagen',
      undoing: 'Wird rückgängig gemacht',
      undone: 'Rückgängig gemacht',
    },
  },

  about: {
    title: 'Über Kindred',
    what: 'Lernt ohne Vorgaben und nur auf diesem Rechner, welche deiner Fotos zusammengehören.',
    licence: 'Lizenz',
    notices: 'Hinweise zu fremder Software',
    loading: 'Die Lizenzen werden gelesen …',
  },

  shortcuts: {
    title: 'Tastenkürzel',
    sections: [
      [
        'Überall',
        [
          ['Strg Z', 'Rückgängig'],
          ['Strg Umschalt Z', 'Wiederholen'],
          ['Strg F', 'Suchen; die Eingabetaste zeigt die gefundenen Fotos'],
          ['F', 'Ansehen, was aus deinen Korrekturen folgen würde'],
          ['R', 'Fragen beantworten'],
          ['Strg + / −', 'Größere oder kleinere Bilder'],
          ['Alt Ziehen', 'Fotos einem anderen Programm geben (nur im Fenster)'],
          ['Alt ←', 'Zurück'],
          ['?', 'Dieses Blatt'],
        ],
      ],
      [
        'Gruppen',
        [
          ['← ↑ → ↓', 'Von Gruppe zu Gruppe gehen'],
          ['Eingabe', 'Öffnen'],
          ['F2', 'Umbenennen'],
          ['M', 'Mit einer anderen Gruppe zusammenführen'],
          ['S', 'Aufteilen'],
          ['P', 'Vorne anheften, oder nicht mehr'],
          ['H', 'Ausblenden'],
          ['Umschalt F10', 'Das Menü einer Gruppe oder eines Fotos'],
        ],
      ],
      [
        'Fotos in einer Gruppe',
        [
          ['← ↑ → ↓', 'Von Foto zu Foto gehen'],
          ['Umschalt + Pfeile', 'Einen Bereich auswählen'],
          ['Strg Leertaste', 'Eines auswählen oder abwählen'],
          ['Strg A, Esc', 'Alle auswählen, keines'],
          ['Leertaste', 'Schnell ansehen'],
          ['Eingabe', 'Öffnen'],
          ['M', 'In eine Gruppe verschieben'],
          ['N', 'Neue Gruppe aus der Auswahl'],
          ['T', 'Die ausgewählten Fotos gehören zusammen'],
          ['D', 'Die ausgewählten Fotos sind verschieden'],
          ['S', 'Die Gruppe aufteilen, oder um 2 bis 8 ausgewählte Fotos herum'],
          ['C', 'Bestätigen: Es gehört hierher'],
          ['Umschalt C', 'Als Titelbild der Gruppe nehmen'],
          ['Entf', 'Aus der Gruppe nehmen'],
          ['1 – 9', 'In eine zuletzt benutzte Gruppe verschieben'],
          ['F2', 'Die Gruppe umbenennen'],
        ],
      ],
      [
        'Durchsehen',
        [
          ['Eingabe', 'Ja, es gehört dazu'],
          ['Entf', 'Nein'],
          ['→', 'Nicht sicher'],
        ],
      ],
      [
        'Foto',
        [
          ['← →', 'Voriges, nächstes'],
          ['+ − 0', 'Vergrößern, verkleinern, einpassen'],
          ['I', 'Einzelheiten'],
          ['Esc', 'Schließen'],
        ],
      ],
    ],
  },

  errors: {
    'invalid-argument': 'Das wurde nicht angenommen',
    'not-found': 'Das gibt es nicht mehr',
    'failed-precondition': 'Das geht gerade nicht',
    cancelled: 'Abgebrochen',
    unimplemented: 'Diese Version von Kindred kann das noch nicht',
    internal: 'In Kindred ist etwas schiefgegangen',
  },
};
