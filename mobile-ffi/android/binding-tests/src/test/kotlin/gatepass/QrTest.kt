package gatepass

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.ByteBuffer

/** Lost if these fail: a phone that cannot read the code on the tool's screen, or crashes on a camera's odd frame. */
class QrTest {
    private fun direct(bytes: ByteArray): ByteBuffer = ByteBuffer.allocateDirect(bytes.size).put(bytes).rewind()

    private val scale = 6
    private val quiet = 4

    /** Dark on light, with rows longer than the picture is wide, as cameras deliver them. */
    private fun plane(matrix: QrMatrix, scale: Int = this.scale): Triple<ByteArray, Int, Int> {
        val side = (matrix.size.toInt() + 2 * quiet) * scale
        val stride = side + 13
        val luma = ByteArray(side * stride) { 255.toByte() }
        for (y in 0 until matrix.size.toInt() * scale) for (x in 0 until matrix.size.toInt() * scale) {
            if (matrix.modules[y / scale * matrix.size.toInt() + x / scale]) {
                luma[(y + quiet * scale) * stride + x + quiet * scale] = 0
            }
        }
        return Triple(luma, side, stride)
    }

    @Test
    fun aShownCodeIsReadBackWithItsCorners() {
        val uri = "otpauth://totp/Gatepass:%C3%85sa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatepass"
        val matrix = encodeQr(uri)
        val (luma, side, stride) = plane(matrix)
        val found = decodeQr(direct(luma), side.toUInt(), side.toUInt(), stride.toUInt(), PictureSource.FRAME)
        assertEquals(listOf(uri), found.map { it.text })
        val edge = (quiet * scale).toFloat()
        val (topLeft, _, bottomRight) = found.single().corners
        assertEquals(edge, topLeft.x, scale.toFloat())
        assertEquals(side - edge, bottomRight.y, scale.toFloat())
    }

    /** A frame's search ends at the first size of the picture that gives a code; a small one beside it is left to the next. */
    @Test
    fun aStillIsSearchedInEverySize() {
        val (large, side, stride) = plane(encodeQr("LARGE"), 48)
        val (small, smallSide, smallStride) = plane(encodeQr("SMALL"), 2)
        val (width, height) = Pair(side + smallSide, side)
        val sheet = ByteArray(width * height) { 255.toByte() }
        for (y in 0 until side) large.copyInto(sheet, y * width, y * stride, y * stride + side)
        for (y in 0 until smallSide) small.copyInto(sheet, y * width + side, y * smallStride, y * smallStride + smallSide)
        val found = decodeQr(direct(sheet), width.toUInt(), height.toUInt(), width.toUInt(), PictureSource.STILL)
        assertEquals(setOf("LARGE", "SMALL"), found.map { it.text }.toSet())
    }

    @Test
    fun whatIsPrintedShowsNoSecret() {
        val uri = "otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        val account = Account(Kind.Totp(Algorithm.SHA1, 6u, 30u), "ACME", "alice", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        val codes = account.codesAt(1700000000uL)!!
        val export = exportMigration(listOf(account))
        val matrix = encodeQr(uri)
        val printed = listOf(codes, export, QrFound(uri, emptyList()), matrix).joinToString()
        for (secret in export.uris + listOf(codes.previous!!, codes.current, codes.next, uri, "svg", "true")) {
            assertFalse(secret in printed, printed)
        }
    }

    @Test
    fun aPlaneThatIsTooShortIsRefusedByName() {
        val error = assertThrows(GatepassException.Refused::class.java) { decodeQr(direct(ByteArray(10)), 64u, 64u, 64u, PictureSource.FRAME) }
        assertTrue(error.code.isNotEmpty())
    }

    @Test
    fun aPictureWithoutACodeHasNone() {
        assertEquals(emptyList<QrFound>(), decodeQr(direct(ByteArray(320 * 240) { (it * 31).toByte() }), 320u, 240u, 320u, PictureSource.STILL))
    }
}
