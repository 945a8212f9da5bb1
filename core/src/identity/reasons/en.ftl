# Reasons for which an identification was not accepted. Each says what happened; its remedy says what to do now.
# Short sentences to "you", no "please", no exclamation marks, no blame.

## Shown under a reason whose measure is known. $value and $limit are numbers with their unit.

measured-at-least = Measured: { $value }. Needed: at least { $limit }.
measured-at-most = Measured: { $value }. Allowed: at most { $limit }.
attempt-of = Attempt { $attempt } of { $attempts }.

## Photos

photo-not-arrived = A photo has not arrived.
    .remedy = Open the page on the phone again. It goes on where it stopped, and nothing that has arrived is lost.
photo-file-unusable = The photo could not be opened.
    .remedy = Take a new photo here, or choose a JPEG or PNG file straight from the phone’s camera.
photo-black = The picture is black.
    .remedy = Check that nothing covers the lens. If the picture stays black, close other apps that use the camera and try again.
photo-no-document = No document was found in the picture.
    .remedy = Lay the document on a plain surface of another colour, so that its edges stand out, and hold the phone straight above it.
photo-cut-off = Part of the document is outside the picture.
    .remedy = Move the phone a little away until all four corners are in view.
photo-covered = Something covers an edge of the document.
    .remedy = Lay the document down and take your fingers off it. Nothing may lie over the edges.
photo-few-pixels = The camera gives too few pixels for the document.
    .remedy = Choose another camera, or a higher resolution in its settings.
photo-small = The document is too small in the picture.
    .remedy = Move closer until the document nearly fills the frame. Do not zoom.
photo-tilted = The document was photographed at an angle.
    .remedy = Hold the phone flat above the document, so that its edges run along the frame.
photo-dark = There is too little light.
    .remedy = Switch on a lamp or go to a window. Take care that your shadow does not fall on the document.
photo-bright = There is too much light, and print has disappeared.
    .remedy = Move the document out of direct light and switch the phone’s lamp off.
photo-glare = A reflection covers text or the portrait.
    .remedy = Move the lamp, or turn the document a little, until the bright spot no longer lies on print. Switch the phone’s lamp off.
photo-blurred = The text in the photo is blurred.
    .remedy = Wipe the lens, hold the phone about 20 cm away and wait until the picture is sharp.
photo-shaken = The phone moved when the photo was taken.
    .remedy = Rest your elbows on the bench or hold the phone with both hands, and keep still for a moment.
photo-faint = The text hardly stands out.
    .remedy = Wipe the lens, take the document out of its plastic sleeve and turn it away from the light.
photo-without-colour = The photo has no colours.
    .remedy = Photograph the document itself, not a copy. Switch off black-and-white filters in the camera.
photo-wrong-side = This is the other side of the document.
    .remedy = Turn the document over and take the photo of the side that is asked for.
photo-sent-before = This picture was sent before and refused.
    .remedy = Take a new photo. The same picture would be refused again.
photo-of-picture = The photo shows a screen or a print, not the document itself.
    .remedy = Take out the document and photograph that.
zone-unreadable = The lines of letters and “<” at the edge of the document could not be read.
    .remedy = Take the photo again with these lines sharp, flat and free from reflections.
zone-inconsistent = The lines of letters and “<” were read, and their check digits do not agree.
    .remedy = Take the photo again with these lines sharp. If it happens twice, contact the helpdesk: the document may have a printing fault.

## Document

document-other = The photo shows another document than you chose.
    .remedy = Choose the country and the kind of document that you have in front of you, then take the photos.
document-not-offered = This kind of document cannot be used from this country.
    .remedy = Choose another document, such as your passport.
document-expired = The document is no longer valid.
    .remedy = Use a document that is valid today. A renewed one works as soon as you have it.
document-damaged = The document is damaged where it has to be read.
    .remedy = Use another document, such as your passport.
document-specimen = This is a sample, not your own document.
    .remedy = Use your own document.

## Name

name-different = Your name is not written as on the document.
    .remedy = Write it letter by letter as the document has it, with every given name. No nickname and no shortened form.
name-order = Your names are in another order than on the document.
    .remedy = Write your names in the order of the document.
name-incomplete = A part of your name is missing.
    .remedy = Write every given name and surname as the document has it. Shorten none that it writes out.
name-too-much = You wrote more of your name than the document has.
    .remedy = Leave out what the document does not have. Where it has an initial only, write the initial.
name-cut-in-zone = Your name is longer than the lines on the document have room for.
    .remedy = You need not do anything. A reviewer compares it with the name that is printed above.

## Name, said under a difference. $document is what the document has, $typed what was typed, $words one word or several.

name-advice-written = The document says { $document }, you typed { $typed }.
name-advice-order = Type the words in the document’s order.
name-advice-add = Add { $words }.
name-advice-leave-out = Leave out { $words }.
name-advice-write = Write { $document } for { $typed }.
name-advice-stops = The lines on the document stop at { $word }…: write your name as it is printed above them.
name-advice-review = The lines on the document do not have all of your name. A reviewer compares it with the name that is printed above.

## Video

turn-not-arrived = The video has not arrived.
    .remedy = Open the page on the phone again. It goes on where it stopped, and nothing that has arrived is lost.
turn-frames-few = The phone recorded too few pictures.
    .remedy = Close other apps, switch power saving off and record the video again.
turn-dark = There is too little light on your face.
    .remedy = Face a window or a lamp. Do not have bright light behind you.
turn-blurred = Your face is blurred.
    .remedy = Wipe the lens and hold the phone still at arm’s length.
turn-interrupted = The video was interrupted.
    .remedy = Record it again in one go, and stay in the page until it is finished.
turn-face-missing = No turning head was seen.
    .remedy = Hold the phone so that your whole head is in the oval, and turn your head, not the phone.
turn-face-second = A second person is in the picture.
    .remedy = Record the video where no one is beside or behind you.
turn-too-fast = You turned too fast.
    .remedy = Turn slowly, about two seconds to each side.
turn-missing = A turn is missing or was too small.
    .remedy = Follow the arrow until your ear faces the phone, then come back to the middle.
turn-wrong-way = You turned the other way than the arrow showed.
    .remedy = Record the video again and follow each arrow. The order is new every time.
turn-flat = The video could show a picture instead of a person.
    .remedy = Record your own head, with the phone held still. Only your head turns.
face-other = The person in the video and the person on the document do not look alike.
    .remedy = Contact the helpdesk. They can arrange another way to show who you are.

## Case

reports-differ = The page on your phone is not the current one.
    .remedy = Reload the page and take the photo again. If it happens twice, contact the helpdesk.
person-known = This document already belongs to another account.
    .remedy = Log in with that account. If you have never had one, contact the helpdesk.
attempts-used = All attempts have been used.
    .remedy = Contact the helpdesk. They see what went wrong and can open the case again.
