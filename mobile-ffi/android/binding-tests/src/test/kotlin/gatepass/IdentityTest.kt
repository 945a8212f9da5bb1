package gatepass

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path

/** Lost if these fail: a phone that judges a name, a zone or a profile otherwise than the portal does. */
class IdentityTest {
    private val now = 1_795_392_000uL // 23 November 2026

    private fun read(name: String): JsonObject =
        JsonParser.parseString(Files.readString(Path.of(System.getProperty("gatepass.vectors"), name))).asJsonObject

    private fun JsonObject.objects(key: String): List<JsonObject> = getAsJsonArray(key).map { it.asJsonObject }

    private fun JsonObject.text(key: String): String? = get(key)?.takeUnless { it.isJsonNull }?.asString

    private fun JsonObject.texts(key: String): List<String> = getAsJsonArray(key).map { it.asString }

    private fun JsonObject.lines(): String = texts("lines").joinToString("\n")

    private fun codeOf(call: () -> Unit): String = assertThrows(GatepassException.Refused::class.java) { call() }.code

    private fun whole(text: String) = NameText.Whole(text)

    private fun tests(cases: List<JsonObject>, name: (JsonObject) -> String, run: (JsonObject) -> Unit): List<DynamicTest> {
        assertTrue(cases.isNotEmpty())
        return cases.map { case -> dynamicTest(name(case)) { run(case) } }
    }

    @TestFactory
    fun names(): List<DynamicTest> {
        val file = read("names.json")
        val compared = tests(file.objects("cases"), { "${it.get("typed")} beside ${it.text("document")}" }) { case ->
            val typed = case.get("typed")
            val name = when {
                typed.isJsonPrimitive -> whole(typed.asString)
                else -> NameText.Parts(typed.asJsonObject.text("given")!!, typed.asJsonObject.text("surname")!!)
            }
            val found = compareNames(name, whole(case.text("document")!!), NameLevel.ICAO_EQUAL)
            assertEquals(case.text("level"), found.level.name.lowercase().replace('_', '-'))
            assertEquals(case.get("accepted").asBoolean, found.decision == NameDecision.ACCEPT)
            case.get("mayBeTruncated")?.let { assertEquals(it.asBoolean, found.mayBeTruncated) }
        }
        val refused = tests(file.objects("errors"), { "refused: ${it.get("text")}" }) { case ->
            assertEquals(
                case.text("error"),
                codeOf { compareNames(whole(case.text("text")!!), whole("EK, KARIN"), NameLevel.ICAO_EQUAL) },
            )
        }
        val previews = tests(file.objects("previews"), { "preview of ${it.text("typed")}" }) { case ->
            val field = NameField.valueOf(case.text("field")!!.uppercase())
            val shown = previewName(whole(case.text("typed")!!), field, case.text("language"))
            assertEquals(NamePreview(case.text("zone")!!, case.texts("hints")), shown)
        }
        return compared + refused + previews
    }

    @Test
    fun whatToChangeIsSaidWithTheTextsOfTheReasons() {
        val (written, add) = compareNames(whole("Jean Dupont"), whole("DUPONT, JEAN PIERRE"), NameLevel.ICAO_EQUAL).advice
        assertEquals(mapOf("document" to "DUPONT JEAN PIERRE", "typed" to "Jean Dupont"), written.arguments)
        assertEquals(NameAdvice("name-advice-add", mapOf("words" to "PIERRE")), add)
        listOf(written, add).forEach { assertTrue(reasonTexts("sv").contains("\n${it.key} = "), it.key) }
    }

    @TestFactory
    fun zones(): List<DynamicTest> {
        val file = read("mrz.json")
        val zones = tests(file.objects("zones"), { it.text("name")!! }) { case ->
            val mrz = readMrz(case.lines(), now)
            assertEquals(case.text("format"), mrz.format)
            val checks = case.getAsJsonObject("checks").entrySet().associate { it.key to it.value.asString }
            assertEquals(checks, mrz.checks.associate { it.check to it.outcome.name.lowercase() })
            val fields = case.getAsJsonObject("fields")
            assertEquals(fields.text("document_code"), mrz.documentCode)
            assertEquals(fields.text("document_number"), mrz.documentNumber)
            assertEquals(fields.get("primary")?.takeUnless { it.isJsonNull }?.let { fields.texts("primary") }, mrz.name?.primary)
        }
        val rejected = tests(file.objects("rejected"), { it.text("name")!! }) { case ->
            val refused = assertThrows(GatepassException.Refused::class.java) { readMrz(case.lines(), now) }
            assertEquals(case.text("error"), refused.code)
            assertEquals(case.get("line")?.asInt?.toUInt(), refused.line)
            val column = case.get("at")?.asInt?.toUInt().takeUnless { refused.code == "mrz_wrong_length" }
            assertEquals(column, refused.column)
        }
        val repairs = tests(file.objects("repairs"), { it.text("name")!! }) { case ->
            val mended = case.get("mended").takeUnless { it.isJsonNull }?.let { case.texts("mended") }
            assertEquals(mended, repairMrz(case.lines(), now)?.lines)
        }
        return zones + rejected + repairs
    }

    @Test
    fun aZoneIsWrittenAsTheStandardPrintsIt() {
        val record = MrzRecord(
            format = "td3", documentCode = "P", issuer = "UTO", documentNumber = "L898902C3", nationality = "UTO",
            birthDate = MrzDate(1974u, 8u, 12u), sex = MrzSex.FEMALE, expiryDate = MrzDate(2012u, 4u, 15u),
            primary = listOf("ERIKSSON"), secondary = listOf("ANNA", "MARIA"), truncation = MrzTruncation.CUT,
            personalNumber = "ZE184226B", optional1 = "", optional2 = "",
        )
        assertEquals(read("mrz.json").objects("zones").first().texts("lines"), emitMrz(record))
        assertEquals("invalid_date", codeOf { emitMrz(record.copy(birthDate = MrzDate(1974u, 2u, 30u))) })
        assertEquals("unknown_zone_format", codeOf { emitMrz(record.copy(format = "td4")) })
    }

    @Test
    fun everyCountryHasDocumentsAndBritainNoPermits() {
        assertEquals(250, countries().size)
        assertEquals("SE", searchCountries("sver").first().alpha2)
        assertEquals(listOf(DocumentKind.PASSPORT, DocumentKind.DRIVING_LICENCE), documentsOffered("GB").map { it.kind })
        assertEquals(ZonePlace(Side.FRONT, "licence-fra"), documentRule("FR", DocumentKind.DRIVING_LICENCE).zone)
        assertEquals("DE", issuer("D<<")?.country)
        assertEquals("unknown_country", codeOf { documentsOffered("se") })
    }

    @Test
    fun everyFieldOfAProfileThatIsNotRightIsNamedAtOnce() {
        val draft = ProfileDraft(
            company = "ACME Bil AB", number = "556036-0793", street = "Verkstadsgatan 1", postalCode = "111 22",
            city = "Stockholm", province = provinceOffer("SE")!!, country = "SE", phone = "+46 70 123 45 67",
            givenNames = "Karin", surname = "Ek", role = "technician", language = "sv",
        )
        val complete = checkProfile(draft, "Karin", "Ek") as CheckedProfile.Complete
        assertEquals("+46701234567", complete.profile.phone)
        val wrong = checkProfile(draft.copy(phone = "070 123", role = ""), "Karin", "Ek") as CheckedProfile.Incomplete
        assertEquals(
            listOf(ProfileError("phone", "profile_no_country_code"), ProfileError("role", "profile_missing")),
            wrong.errors,
        )
    }

    @Test
    fun everyReasonOfTheListIsHere() {
        assertEquals(read("error-codes.json").texts("reason"), reasons().map { it.code })
        assertEquals("photo_glare", reasonOfMeasure("glare")?.code)
        assertEquals("turn_interrupted", reasonOfFinding("turn_frozen")?.code)
        assertNull(reasonOfMeasure("name_level"))
        reasons().forEach { reason -> assertTrue(reasonTexts("sv").contains("\n${reason.textKey} = "), reason.code) }
    }

    /** The portal stores these, and a page names them by the same codes. */
    @Test
    fun everyNameOfACaseIsTheCodeThatThePortalKeeps() {
        val codes = read("error-codes.json")
        fun snake(name: String) = name.replace(Regex("(?<!^)([A-Z])"), "_$1").lowercase()
        fun variants(of: Class<*>) = of.declaredClasses.filter { of.isAssignableFrom(it) }.map { snake(it.simpleName) }
        assertEquals(codes.texts("case_stage"), CaseStage.entries.map { it.name.lowercase() })
        assertEquals(codes.texts("case_bar"), CaseBar.entries.map { it.name.lowercase() })
        assertEquals(codes.texts("case_part"), CasePart.entries.map { it.name.lowercase() })
        assertEquals(codes.texts("case_mail"), CaseMail.entries.map { it.name.lowercase() })
        assertEquals(codes.texts("case_effect").toSet(), variants(CaseEffect::class.java).toSet())
        // The three outcomes of an examination are events of their own here.
        val events = variants(CaseEvent::class.java).map { if (it.startsWith("examined_")) "examined" else it }
        assertEquals(codes.texts("case_event").toSet(), events.toSet())
    }

    @Test
    fun aCaseGoesBackToWhatFailedOnly() {
        var state = unconfirmedCase(now)
        fun happens(event: CaseEvent): List<CaseEffect> = applyEvent(state, event, now + 1u).also { state = it.state }.effects
        listOf(
            CaseEvent.AddressConfirmed,
            CaseEvent.DataChecked,
            CaseEvent.CountryChosen,
            CaseEvent.DocumentChosen(DocumentKind.DRIVING_LICENCE),
        ).forEach(::happens)
        assertEquals(listOf(CasePart.FRONT, CasePart.BACK, CasePart.TURN), state.wanted)
        assertEquals(listOf<CaseEffect>(CaseEffect.DrawPrompts), happens(CaseEvent.ContinuedHere))
        state.wanted.forEach { happens(CaseEvent.PartReceived(it)) }
        happens(CaseEvent.Submitted)
        val refused = happens(CaseEvent.ExaminedRefuse(listOf(CaseFinding("photo_glare", Side.BACK))))
        assertEquals(listOf<CaseEffect>(CaseEffect.Mail(CaseMail.REFUSED)), refused)
        assertEquals(CaseStage.REJECTED to listOf(CasePart.BACK), state.stage to state.wanted)
        assertEquals("case_not_now", codeOf { happens(CaseEvent.Submitted) })
        assertEquals("invalid_case_state", codeOf { applyEvent(state.copy(stage = CaseStage.DONE), CaseEvent.Withdrawn, now) })
    }
}
