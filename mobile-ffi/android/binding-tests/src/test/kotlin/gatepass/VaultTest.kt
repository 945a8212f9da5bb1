package gatepass

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test

/** Lost if these fail: a person's accounts, or the promise that only their password opens them. */
class VaultTest {
    /** The floor of the format: the tests ask what is written, not how long hashing takes. */
    private val cost = KdfCost(memoryKib = 19_456u, passes = 2u, lanes = 1u)
    private val totp = Kind.Totp(Algorithm.SHA1, 6u, 30u)
    private val secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    private val password = "correct horse battery"

    private fun codeOf(call: () -> Unit): String = assertThrows(GatepassException.Refused::class.java) { call() }.code

    @Test
    fun accountsComeBackInTheirOrderWithTheirCodes() {
        val vault = Vault.create(password, cost)
        val first = vault.add(Account(totp, "ACME", "asa@example.com", secret))
        val second = vault.add(Account(Kind.Hotp(Algorithm.SHA1, 6u, 0u), "Bank", "asa", secret))
        vault.reorder(listOf(second, first))
        vault.rename(first, "Workshop", null)

        val again = Vault.unlock(vault.save(), password)
        assertEquals(listOf("Bank", "Workshop"), again.entries().map { it.issuer })
        // RFC 6238 appendix B at 59 s, cut to six digits; RFC 4226 appendix D for counter 0.
        assertEquals("287082", again.codesAt(first, 59u)?.current)
        assertEquals("755224", again.account(second).codeAt(0u))
    }

    @Test
    fun aWrongPasswordAndADamagedFileAreToldApart() {
        val vault = Vault.create(password, cost)
        vault.add(Account(totp, "ACME", "asa", secret))
        val bytes = vault.save()
        assertEquals("vault_wrong_password", codeOf { Vault.unlock(bytes, "another password") })
        bytes[bytes.size / 2] = (bytes[bytes.size / 2].toInt() xor 1).toByte()
        assertFalse(codeOf { Vault.unlock(bytes, password) } == "vault_wrong_password")
    }

    @Test
    fun aRemovedAccountCanBePutBack() {
        val vault = Vault.create(password, cost)
        val id = vault.add(Account(totp, "ACME", "asa", secret))
        val removed = vault.remove(id)
        assertEquals(0, vault.entries().size)
        assertEquals(id, vault.restore(removed))
        assertEquals(1, vault.entries().size)
    }

    @Test
    fun theDeviceOpensWithItsKeyAndThePasswordCanChange() {
        val vault = Vault.create(password, cost)
        val key = ByteArray(32) { it.toByte() }
        vault.addDeviceKey(key)
        vault.changePassword(password, "another password", cost)
        val bytes = vault.save()
        assertEquals(0, Vault.unlockWithDeviceKey(bytes, key).entries().size)
        assertEquals("vault_wrong_password", codeOf { Vault.unlock(bytes, password) })
        assertEquals(0, Vault.unlock(bytes, "another password").entries().size)
        assertEquals("vault_wrong_device_key", codeOf { Vault.unlockWithDeviceKey(bytes, ByteArray(32)) })
    }
}
