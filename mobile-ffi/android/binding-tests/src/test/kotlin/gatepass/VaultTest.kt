package gatepass

import org.junit.jupiter.api.Assertions.assertArrayEquals
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
        val slot = vault.addDeviceKey(key)
        vault.changePassword(password, "another password", cost)
        val bytes = vault.save()
        assertEquals(0, Vault.unlockWithDeviceKey(bytes, key).entries().size)
        assertEquals("vault_wrong_password", codeOf { Vault.unlock(bytes, password) })
        assertEquals(0, Vault.unlock(bytes, "another password").entries().size)
        assertEquals("vault_wrong_device_key", codeOf { Vault.unlockWithDeviceKey(bytes, ByteArray(32)) })

        val later = Vault.unlock(bytes, "another password")
        assertArrayEquals(slot, later.deviceKeys().single())
        later.removeDeviceKey(slot)
        assertEquals("vault_unknown_slot", codeOf { later.removeDeviceKey(slot) })
        assertEquals("vault_unknown_slot", codeOf { later.removeDeviceKey(byteArrayOf(1)) })
        assertEquals("vault_no_device_key", codeOf { Vault.unlockWithDeviceKey(later.save(), key) })
    }

    @Test
    fun aPasswordIsTheSameOnEveryKeyboard() {
        val composed = "tr\u00E5d moln h\u00E4st"
        val decomposed = "tra\u030Ad moln ha\u0308st"
        val vault = Vault.create(decomposed, cost)
        val bytes = vault.save()
        assertEquals(0, Vault.unlock(bytes, composed).entries().size)
        vault.verifyPassword(composed)
        vault.changePassword(composed, decomposed, cost)
        assertEquals(0, salvageVault(vault.save(), composed).vault.entries().size)
    }

    @Test
    fun whatIsLeftOfADamagedFileOpensWhenAskedFor() {
        val vault = Vault.create(password, cost)
        vault.add(Account(totp, "ACME", "asa", secret))
        vault.add(Account(totp, "Volvo", "bo", secret))
        val before = vault.save()
        val bytes = vault.save()
        assertEquals(NewestVault.SECOND, pickNewestVault(before, bytes))
        // Within the last account.
        bytes[bytes.size - 100] = (bytes[bytes.size - 100].toInt() xor 1).toByte()
        assertEquals(NewestVault.FIRST, pickNewestVault(before, bytes))
        assertEquals("vault_damaged", codeOf { Vault.unlock(bytes, password) })
        val salvaged = salvageVault(bytes, password)
        assertEquals(listOf("ACME"), salvaged.vault.entries().map { it.issuer })
        assertEquals(1u, salvaged.unreadable)
        assertFalse(salvaged.cutShort)
    }

    @Test
    fun anAccountIsKnownByItsSecretAndGoesElsewhereUnderTheNamesItIsShownWith() {
        val vault = Vault.create(password, cost)
        val account = Account(totp, "ACME", "asa", secret)
        assertEquals(Likeness.NEW, vault.likeness(account))
        val id = vault.add(account)
        assertEquals(Likeness.SAME, vault.likeness(Account(totp, "Volvo", "bo", secret)))
        assertEquals(Likeness.SAME_NAME, vault.likeness(Account(totp, "ACME", "asa", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")))
        assertEquals("vault_name_is_steam", codeOf { vault.rename(id, "Steam", null) })
        vault.rename(id, "Workshop", null)
        assertEquals("Workshop", vault.shownAccount(id).issuer())
        assertEquals("ACME", vault.account(id).issuer())
    }
}
