package gatepass

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import java.nio.file.Files
import java.nio.file.Path

/** Lost if these fail: a phone that shows another code, or judges a QR code otherwise, than the portal and the page. */
class VectorsTest {
    private fun read(name: String): JsonObject =
        JsonParser.parseString(Files.readString(Path.of(System.getProperty("gatepass.vectors"), name))).asJsonObject

    private fun JsonObject.cases(): List<JsonObject> = getAsJsonArray("cases").map { it.asJsonObject }

    private fun JsonObject.text(key: String): String? = get(key)?.takeUnless { it.isJsonNull }?.asString

    private fun JsonObject.list(key: String): List<JsonElement> = (get(key) as? JsonArray)?.toList() ?: emptyList()

    private fun JsonObject.texts(key: String): List<String> = list(key).map { it.asString }

    private fun algorithm(name: String): Algorithm = Algorithm.entries.single { it.name == name }

    /** An empty list of cases would pass everything. */
    private fun tests(cases: List<JsonObject>, name: (JsonObject) -> String, run: (JsonObject) -> Unit): List<DynamicTest> {
        assertTrue(cases.isNotEmpty())
        return cases.map { case -> dynamicTest(name(case)) { run(case) } }
    }

    @TestFactory
    fun rfc6238(): List<DynamicTest> {
        val file = read("rfc6238.json")
        val format = Format.Decimal(file.get("digits").asByte.toUByte())
        return tests(file.cases(), { "${it.text("algorithm")} at ${it.text("time")}" }) { case ->
            val params = TotpParams(algorithm(case.text("algorithm")!!), format, file.get("period").asInt.toUInt())
            val time = case.get("time").asLong.toULong()
            val totp = Totp(case.text("secret")!!, params)
            assertEquals(case.text("code"), totp.generate(time))
            assertEquals(
                Verification.Matched(case.get("step").asLong.toULong(), 0),
                totp.verify(case.text("code")!!, time, 1u, null),
            )
        }
    }

    @TestFactory
    fun rfc4226(): List<DynamicTest> {
        val file = read("rfc4226.json")
        val format = Format.Decimal(file.get("digits").asByte.toUByte())
        return tests(file.cases(), { "counter ${it.text("counter")}" }) { case ->
            val code = hotp(file.text("secret")!!, Algorithm.SHA1, format, case.get("counter").asLong.toULong())
            assertEquals(case.text("code"), code)
        }
    }

    @TestFactory
    fun otpauth(): List<DynamicTest> {
        val file = read("otpauth.json")
        return tests(file.cases(), { it.text("name")!! }) { case ->
            val source = if (case.text("limit") == "import") TextSource.IMPORT else TextSource.SCANNER
            when (val verdict = parseOtpauth(case.text("uri")!!, source, case.get("strict")?.asBoolean ?: false)) {
                is Verdict.Accept -> {
                    assertEquals("accept", case.text("verdict"))
                    same(case, verdict.account)
                }
                is Verdict.AcceptWithWarnings -> {
                    assertEquals("acceptWithWarnings", case.text("verdict"))
                    assertEquals(case.texts("warnings"), verdict.warnings)
                    same(case, verdict.account)
                }
                is Verdict.Reject -> assertAll(
                    { assertEquals("reject", case.text("verdict")) },
                    { assertEquals(case.text("reason"), verdict.reason) },
                    { assertEquals(case.text("otherKind"), verdict.otherKind) },
                    { assertEquals(case.text("advice"), verdict.advice) },
                )
            }
        }
    }

    @TestFactory
    fun migration(): List<DynamicTest> {
        val file = read("migration.json")
        return tests(file.cases(), { it.text("name")!! }) { case ->
            val collector = MigrationCollector()
            val error = runCatching { collector.add(case.text("uri")!!) }.exceptionOrNull() as GatepassException.Refused?
            assertEquals(case.text("error"), error?.code)
            val expected = case.list("entries").map { it.asJsonObject }.distinctUnlessError()
            val entries = collector.entries()
            assertEquals(expected.size, entries.size)
            expected.zip(entries).forEach { (want, entry) ->
                when (entry) {
                    is MigrationEntry.Read -> {
                        assertEquals(want.texts("warnings"), entry.warnings)
                        same(want, entry.account)
                    }
                    is MigrationEntry.Unreadable -> assertEquals(want.text("error"), entry.problem)
                }
            }
        }
    }

    /** Files that another program wrote from the format's document, and broken ones. */
    @TestFactory
    fun vault(): List<DynamicTest> {
        val file = read("vault.json")
        fun JsonObject.bytes(key: String) = text(key)!!.chunked(2).map { it.toInt(16).toByte() }.toByteArray()
        val valid = tests(file.list("valid").map { it.asJsonObject }, { it.text("name")!! }) { case ->
            val vaults = listOfNotNull(
                Vault.unlock(case.bytes("file"), case.text("password")!!),
                case.text("deviceKey")?.let { Vault.unlockWithDeviceKey(case.bytes("file"), case.bytes("deviceKey")) },
            )
            val uris = case.list("entries").map { it.asJsonObject.text("uri") }
            vaults.forEach { vault -> assertEquals(uris, vault.entries().map { vault.account(it.id).uri() }) }
        }
        val invalid = tests(file.list("invalid").map { it.asJsonObject }, { it.text("name")!! }) { case ->
            val error = runCatching { Vault.unlock(case.bytes("file"), case.text("password")!!) }.exceptionOrNull()
            assertEquals(case.text("code"), (error as GatepassException.Refused?)?.code)
        }
        return valid + invalid
    }

    /** The collector gives an account that occurs twice once; the vectors list what each code holds. */
    private fun List<JsonObject>.distinctUnlessError(): List<JsonObject> =
        filterIndexed { index, entry -> entry.has("error") || indexOf(entry) == index }

    private fun same(want: JsonObject, account: Account) {
        val kind = account.kind()
        val (type, number) = when (kind) {
            is Kind.Totp -> "totp" to Triple(kind.algorithm, kind.digits, kind.period.toULong())
            is Kind.Hotp -> "hotp" to Triple(kind.algorithm, kind.digits, kind.counter)
            is Kind.Steam -> "steam" to Triple(Algorithm.SHA1, 5.toUByte(), kind.period.toULong())
        }
        assertAll(
            { assertEquals(want.text("type"), type) },
            { assertEquals(want.text("issuer"), account.issuer().orEmpty()) },
            { assertEquals(want.text("account"), account.account()) },
            { assertEquals(algorithm(want.text("algorithm")!!), number.first) },
            { assertEquals(want.get("digits").asInt, number.second.toInt()) },
            { assertEquals((want.get("period") ?: want.get("counter")).asLong.toULong(), number.third) },
            { assertEquals(want.text("code"), account.codeAt(want.get("at").asLong.toULong())) },
            { want.text("normalForm")?.let { assertEquals(it, account.uri()) } },
        )
    }
}
