package gatepass

import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path
import javax.imageio.ImageIO
import kotlin.math.abs

/** Lost if these fail: a phone whose report is not the portal's, or that crashes on a camera's odd frame. */
class CaptureTest {
    private val width = 1280
    private val height = 828

    /** A card with print on dark ground, about 12 pixels a millimetre. */
    private fun level(x: Int, y: Int): Int {
        val (u, v) = x - 120 to y - 90
        val line = v % 60
        val ink = line in 15..39 && u in 61..966 && ((u shr 2) * 31 + v / 7 * 17) % 5 < 2
        return if (u !in 0..1026 || v !in 0..647) 60 else if (ink) 50 else 205
    }

    /** Rows longer than the picture is wide, as cameras deliver them. */
    private fun frame(stride: Int): ByteBuffer {
        val plane = ByteBuffer.allocateDirect(stride * height)
        for (y in 0 until height) for (x in 0 until width) plane.put(y * stride + x, level(x, y).toByte())
        return plane
    }

    private fun codeOf(call: () -> Unit): String = assertThrows(GatepassException.Refused::class.java) { call() }.code

    private fun Examiner.live(stride: Int, nowMs: Int) =
        live(frame(stride), width.toUInt(), height.toUInt(), stride.toUInt(), nowMs.toULong(), null)

    @Test
    fun aCardIsFoundAndMeasuredAndHeldStill() {
        val examiner = Examiner(DocumentKind.DRIVING_LICENCE)
        val report = examiner.live(width, 0)
        assertTrue(report.document!!.found)
        val wanted = listOf(120f to 90f, 1147f to 90f, 1147f to 738f, 120f to 738f)
        // Which way up it lies is judged by its print, of which this card has none to judge by.
        val found = report.document!!.corners
        assertTrue(wanted.all { (x, y) -> found.any { abs(it.x - x) < 4f && abs(it.y - y) < 4f } }, found.toString())
        val codes = JsonParser.parseString(Files.readString(Path.of(System.getProperty("gatepass.vectors"), "error-codes.json")))
        val known = codes.asJsonObject.getAsJsonArray("capture_measure").map { it.asString }
        val names = report.measures.map { it.name }
        assertEquals(known.filter { it in names }, names)
        report.measures.forEach { assertEquals(it.pass, if (it.upper) it.value <= it.limit else it.value >= it.limit, it.name) }
        assertFalse(report.steady)
        assertFalse(examiner.live(width + 20, 250).steady)
        assertTrue(examiner.live(width + 20, 500).steady)
        assertEquals(report.measures, examiner.live(width + 20, 600).measures)
        // An hour later: nobody knows what happened in between.
        assertFalse(examiner.live(width, 3_600_000).steady)
    }

    @Test
    fun aGuideNeverReleasesTheShutter() {
        val examiner = Examiner(DocumentKind.DRIVING_LICENCE)
        val table = ByteBuffer.allocateDirect(640 * 480)
        for (place in 0 until 640 * 480) table.put(place, 128.toByte())
        val guide = listOf(Point(100f, 80f), Point(540f, 80f), Point(540f, 357f), Point(100f, 357f))
        fun live(nowMs: Int, corners: List<Point>) = examiner.live(table, 640u, 480u, 640u, nowMs.toULong(), corners)
        for (now in 0..1000 step 250) {
            val report = live(now, guide)
            assertEquals(guide, report.document!!.corners)
            assertFalse(report.document!!.found || report.accepted || report.steady)
        }
        val concave = guide.toMutableList().also { it[2] = Point(200f, 150f) }
        assertEquals("invalid_guide", codeOf { live(2000, concave) })
    }

    /** Rows longer than the picture is wide, red, green, blue and alpha; `tint` where the greys stay what they are. */
    private fun colours(padding: Int, tint: Int): ByteBuffer {
        val stride = 4 * width + padding
        val frame = ByteBuffer.allocateDirect(stride * height)
        for (y in 0 until height) for (x in 0 until width) {
            val sign = if (x % 320 < 160) tint else -tint
            val grey = level(x, y)
            listOf(grey + 20 * sign, grey - 9 * sign, grey - 7 * sign, 255).forEachIndexed { place, part ->
                frame.put(y * stride + 4 * x + place, part.toByte())
            }
        }
        return frame
    }

    @Test
    fun aCopyInGreysIsToldByTheColoursOfAPreview() {
        val examiner = Examiner(DocumentKind.DRIVING_LICENCE)
        fun copy(padding: Int, tint: Int): Measured? {
            val stride = (4 * width + padding).toUInt()
            val report = examiner.liveColour(colours(padding, tint), width.toUInt(), height.toUInt(), stride, 0u, null)
            return report.measures.find { it.name == "grey_copy" }
        }
        assertEquals(0f to false, copy(0, 0)!!.let { it.value to it.pass })
        assertTrue(copy(0, 1)!!.pass)
        assertEquals(copy(0, 1), copy(64, 1))
        assertNull(examiner.live(width, 0).measures.find { it.name == "grey_copy" })
        val short = ByteBuffer.allocateDirect(4 * width * height - 1)
        assertEquals(
            "picture_buffer_too_short",
            codeOf { examiner.liveColour(short, width.toUInt(), height.toUInt(), (4 * width).toUInt(), 0u, null) },
        )
    }

    @Test
    fun aPictureThatWasSentBeforeIsKnownAgain() {
        val examiner = Examiner(DocumentKind.DRIVING_LICENCE)
        val report = examiner.live(width, 0)
        assertEquals(Relation.SAME_PICTURE, relation(report, examiner.live(width + 4, 0)))
        val moved = report.document!!.copy(corners = report.document!!.corners.map { Point(it.x + 60f, it.y - 40f) })
        assertEquals(Relation.SAME_SIDE, relation(report, report.copy(document = moved)))
        val other = report.copy(fingerprint = report.fingerprint!!.mapIndexed { row, bits ->
            if (row % 2 == 0) bits else (bits.toInt() xor 0xffff).toUShort()
        })
        assertEquals(Relation.DIFFERENT, relation(report, other))
        assertNull(relation(report, report.copy(document = null, fingerprint = null)))
        assertEquals("invalid_fingerprint", codeOf { relation(report, report.copy(fingerprint = listOf(1u))) })
        val codes = JsonParser.parseString(Files.readString(Path.of(System.getProperty("gatepass.vectors"), "error-codes.json")))
        val known = codes.asJsonObject.getAsJsonArray("capture_relation").map { it.asString }
        assertEquals(known, Relation.entries.map { it.name.lowercase() })
    }

    @Test
    fun thePhotographIsJudgedFromItsBytes() {
        val picture = BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY)
        for (y in 0 until height) for (x in 0 until width) picture.raster.setSample(x, y, 0, level(x, y))
        val png = ByteArrayOutputStream().also { ImageIO.write(picture, "png", it) }.toByteArray()
        fun direct(bytes: ByteArray): ByteBuffer = ByteBuffer.allocateDirect(bytes.size).put(bytes).rewind()
        val examiner = Examiner(DocumentKind.RESIDENCE_PERMIT)
        val report = examiner.still(direct(png), null)
        assertEquals(width.toUInt() to height.toUInt(), report.width to report.height)
        assertEquals(0f, fingerprintDistance(report.fingerprint!!, report.fingerprint!!))
        assertEquals("picture_damaged", codeOf { examiner.still(direct(png.copyOf(png.size / 2)), null) })
        assertEquals("picture_unsupported", codeOf { examiner.still(direct("GIF89a".toByteArray()), null) })
    }

    @Test
    fun whatCannotBeMeantIsRefusedByName() {
        val examiner = Examiner(DocumentKind.PASSPORT)
        val small = ByteBuffer.allocateDirect(10)
        assertEquals("picture_buffer_too_short", codeOf { examiner.live(small, 64u, 64u, 64u, 0u, null) })
        assertEquals("picture_empty", codeOf { examiner.live(small, 0u, 0u, 0u, 0u, null) })
        val grey = ByteBuffer.allocateDirect(320 * 240)
        assertNull(examiner.live(grey, 320u, 240u, 320u, 0u, null).document)
        val line = List(4) { Point(it.toFloat(), it.toFloat()) }
        assertEquals("invalid_guide", codeOf { examiner.live(grey, 320u, 240u, 320u, 0u, line) })
        assertEquals("invalid_fingerprint", codeOf { fingerprintDistance(listOf(1u), listOf(2u)) })
    }

    @Test
    fun aClipThatStandsStillIsNoTurn() {
        val watch = TurnWatch(listOf(TurnPrompt(TurnDirection.LEFT, 500u), TurnPrompt(TurnDirection.RIGHT, 2500u)))
        val frame = ByteBuffer.allocateDirect(320 * 240)
        for (place in 0 until 320 * 240) frame.put(place, (place * 31 % 251).toByte())
        for (at in 0 until 5000 step 100) watch.push(frame, 320u, 240u, 320u, at.toUInt())
        val evidence = watch.evidence()
        assertFalse(evidence.shown)
        assertTrue("turn_frozen" in evidence.findings, evidence.findings.toString())
        assertEquals(listOf(null, null), evidence.prompts.map { it.seen })
        assertEquals("turn_frame_time_backwards", codeOf { watch.push(frame, 320u, 240u, 320u, 100u) })
        assertEquals("turn_script_length", codeOf { TurnWatch(emptyList()) })
    }
}
