# Skäl till att en identifiering inte godkändes. Varje skäl säger vad som hände, dess remedy vad man gör nu.
# Korta meningar till ”du”, inga utropstecken, ingen skuld.

## Visas under ett skäl vars mätvärde är känt. $value och $limit är tal med enhet.

measured-at-least = Uppmätt: { $value }. Krav: minst { $limit }.
measured-at-most = Uppmätt: { $value }. Tillåtet: högst { $limit }.
attempt-of = Försök { $attempt } av { $attempts }.

## Foton

photo-not-arrived = Ett foto har inte kommit fram.
    .remedy = Öppna sidan på telefonen igen. Den fortsätter där den slutade, och inget som har kommit fram går förlorat.
photo-file-unusable = Fotot gick inte att öppna.
    .remedy = Ta ett nytt foto här, eller välj en JPEG- eller PNG-fil direkt från telefonens kamera.
photo-black = Bilden är svart.
    .remedy = Se efter att inget täcker linsen. Förblir bilden svart, stäng andra appar som använder kameran och försök igen.
photo-no-document = Ingen handling hittades i bilden.
    .remedy = Lägg handlingen på ett enfärgat underlag i en annan färg, så att kanterna syns, och håll telefonen rakt ovanför.
photo-cut-off = En del av handlingen är utanför bilden.
    .remedy = Flytta telefonen lite längre bort tills alla fyra hörnen syns.
photo-covered = Något täcker en kant på handlingen.
    .remedy = Lägg ner handlingen och ta bort fingrarna. Inget får ligga över kanterna.
photo-few-pixels = Kameran ger för få bildpunkter för handlingen.
    .remedy = Välj en annan kamera, eller en högre upplösning i kamerans inställningar.
photo-small = Handlingen är för liten i bilden.
    .remedy = Gå närmare tills handlingen nästan fyller ramen. Zooma inte.
photo-tilted = Handlingen är fotograferad snett.
    .remedy = Håll telefonen plant ovanför handlingen, så att kanterna följer ramen.
photo-dark = Det är för lite ljus.
    .remedy = Tänd en lampa eller gå till ett fönster. Se till att din skugga inte faller på handlingen.
photo-bright = Det är för mycket ljus, och tryck har försvunnit.
    .remedy = Flytta handlingen ur det direkta ljuset och släck telefonens lampa.
photo-glare = En reflex täcker text eller porträttet.
    .remedy = Flytta lampan, eller vrid handlingen lite, tills den ljusa fläcken inte ligger på tryck. Släck telefonens lampa.
photo-blurred = Texten i fotot är suddig.
    .remedy = Torka av linsen, håll telefonen ungefär 20 cm bort och vänta tills bilden är skarp.
photo-shaken = Telefonen rörde sig när fotot togs.
    .remedy = Stöd armbågarna mot bänken eller håll telefonen med båda händerna, och håll stilla ett ögonblick.
photo-faint = Texten syns knappt.
    .remedy = Torka av linsen, ta handlingen ur plastfickan och vrid bort den från ljuset.
photo-without-colour = Fotot saknar färger.
    .remedy = Fotografera själva handlingen, inte en kopia. Stäng av svartvita filter i kameran.
photo-wrong-side = Det här är handlingens andra sida.
    .remedy = Vänd på handlingen och fotografera den sida som efterfrågas.
photo-sent-before = Den här bilden har skickats förut och inte godkänts.
    .remedy = Ta ett nytt foto. Samma bild skulle inte godkännas den här gången heller.
photo-of-picture = Fotot visar en skärm eller en utskrift, inte själva handlingen.
    .remedy = Ta fram handlingen och fotografera den.
zone-unreadable = Raderna med bokstäver och ”<” vid handlingens kant gick inte att läsa.
    .remedy = Ta om fotot med raderna skarpa, plana och utan reflexer.
zone-inconsistent = Raderna med bokstäver och ”<” lästes, men deras kontrollsiffror stämmer inte.
    .remedy = Ta om fotot med raderna skarpa. Händer det två gånger, kontakta helpdesken: handlingen kan ha ett tryckfel.

## Handling

document-other = Fotot visar en annan handling än den du valde.
    .remedy = Välj land och typ för den handling som du har framför dig, och ta sedan fotona.
document-not-offered = Den här typen av handling från det här landet kan inte användas.
    .remedy = Välj en annan handling, till exempel ditt pass.
document-expired = Handlingen gäller inte längre.
    .remedy = Använd en handling som gäller i dag. En förnyad går bra så snart du har den.
document-damaged = Handlingen är skadad där den måste läsas.
    .remedy = Använd en annan handling, till exempel ditt pass.
document-specimen = Det här är ett provexemplar, inte din egen handling.
    .remedy = Använd din egen handling.

## Namn

name-different = Ditt namn är inte skrivet som på handlingen.
    .remedy = Skriv det bokstav för bokstav som på handlingen, med alla förnamn. Inget smeknamn och ingen kortform.
name-order = Dina namn står i en annan ordning än på handlingen.
    .remedy = Skriv namnen i handlingens ordning.
name-incomplete = En del av ditt namn saknas.
    .remedy = Skriv alla förnamn och efternamn som på handlingen. Förkorta inget som den skriver ut.
name-too-much = Du har skrivit mer av ditt namn än handlingen har.
    .remedy = Ta bort det som handlingen inte har. Har den bara en initial, skriv initialen.
name-cut-in-zone = Ditt namn är längre än raderna på handlingen har plats för.
    .remedy = Du behöver inte göra något. En granskare jämför med namnet som är tryckt ovanför.

## Namn, under en skillnad. $document är det som står på handlingen, $typed det som skrevs, $words ett ord eller flera.

name-advice-written = På handlingen står { $document }, du skrev { $typed }.
name-advice-order = Skriv orden i handlingens ordning.
name-advice-add = Lägg till { $words }.
name-advice-leave-out = Ta bort { $words }.
name-advice-write = Skriv { $document } i stället för { $typed }.
name-advice-stops = Raderna på handlingen slutar vid { $word }…: skriv ditt namn som det är tryckt ovanför dem.
name-advice-review = Raderna på handlingen har inte hela ditt namn. En granskare jämför med namnet som är tryckt ovanför.

## Video

turn-not-arrived = Videon har inte kommit fram.
    .remedy = Öppna sidan på telefonen igen. Den fortsätter där den slutade, och inget som har kommit fram går förlorat.
turn-frames-few = Telefonen spelade in för få bilder.
    .remedy = Stäng andra appar, stäng av energisparläget och spela in videon igen.
turn-dark = Det är för lite ljus på ditt ansikte.
    .remedy = Vänd dig mot ett fönster eller en lampa. Ha inget starkt ljus bakom dig.
turn-blurred = Ditt ansikte är suddigt.
    .remedy = Torka av linsen och håll telefonen stilla på en armlängds avstånd.
turn-interrupted = Videon avbröts.
    .remedy = Spela in den igen i ett svep, och stanna på sidan tills den är klar.
turn-face-missing = Inget huvud som vrids syntes.
    .remedy = Håll telefonen så att hela huvudet är i ovalen, och vrid huvudet, inte telefonen.
turn-face-second = En person till är med i bilden.
    .remedy = Spela in videon där ingen är bredvid eller bakom dig.
turn-too-fast = Du vred huvudet för fort.
    .remedy = Vrid långsamt, ungefär två sekunder åt varje håll.
turn-missing = En vridning saknas eller var för liten.
    .remedy = Följ pilen tills örat är vänt mot telefonen, och gå sedan tillbaka till mitten.
turn-wrong-way = Du vred huvudet åt andra hållet än pilen visade.
    .remedy = Spela in videon igen och följ varje pil. Ordningen är ny varje gång.
turn-flat = Videon kan visa en bild i stället för en person.
    .remedy = Spela in ditt eget huvud och håll telefonen stilla. Bara huvudet ska vridas.
face-other = Personen i videon och personen på handlingen ser inte likadana ut.
    .remedy = Kontakta helpdesken. De kan ordna ett annat sätt att visa vem du är.

## Ärende

reports-differ = Sidan på din telefon är inte den aktuella.
    .remedy = Ladda om sidan och ta om fotot. Händer det två gånger, kontakta helpdesken.
person-known = Den här handlingen hör redan till ett annat konto.
    .remedy = Logga in med det kontot. Har du aldrig haft något, kontakta helpdesken.
attempts-used = Alla försök är använda.
    .remedy = Kontakta helpdesken. De ser vad som gick fel och kan öppna ärendet igen.
